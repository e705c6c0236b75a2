"""The numbers by which people and organisations are known, with their check characters.

Each function takes what was written, forgives spaces, full-width characters and small letters,
and returns the number as it is kept; or refuses it with a sentence that says where it is wrong.
A number that passes is well formed: whether it was ever issued, only its register knows.
"""

import re
import unicodedata
from datetime import date

from workflows.errors import N_, WorkflowError

#: GB/T 2260, the first two digits: the provinces; 81, 82, 83 also begin the residence permits
#: of people from Hong Kong, Macao and Taiwan, 91 those of people from abroad.
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 "
    "50 51 52 53 54 61 62 63 64 65 71 81 82 83 91".split()
)
#: GB 11643, annex: the weight of each of the 17 digits, and the check characters by remainder.
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
#: GB 32100: digits and capitals without I, O, S, V, Z; the weights are powers of 3 modulo 31.
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_LONGEST_AGO = 150  # years; nobody is older


class OldIdentityNumber(WorkflowError):
    """15 digits: the first generation, no longer valid since 2013."""

    sentence = N_(
        "这是 15 位的旧居民身份证号，第一代居民身份证已停止使用，请填写现在的 18 位公民身份号码。"
    )


class WrongLength(WorkflowError):
    """Characters are missing, or there are too many."""

    sentence = N_("%(what)s应为 %(length)s 位，现有 %(now)s 位。")


class WrongCharacter(WorkflowError):
    """A character that cannot stand in this place."""

    sentence = N_("%(what)s第 %(place)s 位“%(found)s”不对，这一位应为%(needed)s。")


class UnknownRegion(WorkflowError):
    """GB/T 2260 has no such province."""

    sentence = N_("%(what)s第 1、2 位“%(found)s”不是省级行政区划代码。")


class NoSuchBirthday(WorkflowError):
    """The eight digits of the day of birth are not a day that has been."""

    sentence = N_("居民身份证号第 7 至 14 位“%(found)s”不是正确的出生日期。")


class CheckCharacterWrong(WorkflowError):
    """The last character does not belong to the ones before it: one of them is wrong."""

    sentence = N_(
        "%(what)s的校验码不符：按前 %(before)s 位计算，第 %(place)s 位应为“%(expected)s”，"
        "现为“%(found)s”，请逐位核对。"
    )


class NotAMobileNumber(WorkflowError):
    """Eleven digits, beginning with 13 to 19."""

    sentence = N_("手机号码应为 11 位数字，以 13 至 19 开头。")


class NotATelephoneNumber(WorkflowError):
    """Neither a mobile number nor one with an area code."""

    sentence = N_("联系电话应为 11 位手机号码，或者带区号的固定电话，例如 0579-82460000。")


ID_CARD = N_("居民身份证号")
CREDIT_CODE = N_("统一社会信用代码")
A_DIGIT = N_("数字")
A_DIGIT_OR_X = N_("数字或者 X")
A_CREDIT_CHARACTER = N_("数字，或者 I、O、S、V、Z 以外的大写字母")


def identity_number(written: str, today: date = date.max) -> str:
    """A citizen's number (GB 11643): region, day of birth, sequence, check character."""
    number = _plain(written)
    if re.fullmatch(r"[0-9]{15}", number):
        raise OldIdentityNumber
    _check_length(ID_CARD, number)
    _check_characters(ID_CARD, number[:17], "0123456789", A_DIGIT)
    if number[17] not in "0123456789X":
        raise WrongCharacter(what=ID_CARD, place=18, found=number[17], needed=A_DIGIT_OR_X)
    if number[:2] not in PROVINCES:
        raise UnknownRegion(what=ID_CARD, found=number[:2])
    _check_birthday(number[6:14], today)
    _check_last(ID_CARD, number, identity_check(number[:17]))
    return number


def identity_check(digits: str) -> str:
    """The check character of 17 digits (ISO 7064, MOD 11-2)."""
    weighed = zip(digits, _ID_WEIGHTS, strict=True)
    return _ID_CHECKS[sum(int(digit) * weight for digit, weight in weighed) % 11]


def credit_code(written: str, today: date = date.max) -> str:
    """An organisation's code (GB 32100): register, kind, region, organisation, check character."""
    code = _plain(written)
    _check_length(CREDIT_CODE, code)
    _check_characters(CREDIT_CODE, code, CREDIT_ALPHABET, A_CREDIT_CHARACTER)
    for place in range(3, 9):
        if code[place - 1] not in "0123456789":
            found = code[place - 1]
            raise WrongCharacter(what=CREDIT_CODE, place=place, found=found, needed=A_DIGIT)
    _check_last(CREDIT_CODE, code, credit_check(code[:17]))
    return code


def credit_check(characters: str) -> str:
    """The check character of the 17 before it (GB 32100, modulo 31)."""
    values = map(CREDIT_ALPHABET.index, characters)
    weighed = zip(values, _CREDIT_WEIGHTS, strict=True)
    return CREDIT_ALPHABET[-sum(value * weight for value, weight in weighed) % 31]


def mobile_number(written: str, today: date = date.max) -> str:
    """A mobile number of the mainland, to which a short message can be sent."""
    number = re.sub(r"^(\+86|0086)", "", _plain(written).replace("-", ""))
    if not re.fullmatch(r"1[3-9][0-9]{9}", number):
        raise NotAMobileNumber
    return number


def telephone_number(written: str, today: date = date.max) -> str:
    """A number to be called at: a mobile one, or a fixed line with its area code."""
    number = _plain(written)
    if re.fullmatch(r"0[0-9]{2,3}-?[2-9][0-9]{6,7}", number):
        return number
    try:
        return mobile_number(number)
    except NotAMobileNumber:
        raise NotATelephoneNumber from None


def _plain(written: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", written)).upper()


def _check_length(what: str, number: str) -> None:
    if len(number) != 18:
        raise WrongLength(what=what, length=18, now=len(number))


def _check_characters(what: str, number: str, allowed: str, needed: str) -> None:
    for place, found in enumerate(number, 1):
        if found not in allowed:
            raise WrongCharacter(what=what, place=place, found=found, needed=needed)


def _check_birthday(digits: str, today: date) -> None:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise NoSuchBirthday(found=digits) from None
    oldest = 1850 if today == date.max else today.year - _LONGEST_AGO
    if born > today or born.year < oldest:
        raise NoSuchBirthday(found=digits)


def _check_last(what: str, number: str, expected: str) -> None:
    if number[-1] != expected:
        raise CheckCharacterWrong(
            what=what, before=len(number) - 1, place=len(number), expected=expected,
            found=number[-1],
        )  # fmt: skip
