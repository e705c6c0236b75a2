"""The lifecycles of what people say: ratings (好差评) and complaints (投诉)."""

from enum import StrEnum


class RatingState(StrEnum):
    """A good rating is given and that is all; a bad one is open until somebody was called back."""

    NEW = "unrated"
    GIVEN = "given"
    OPEN = "bad"
    CONTACTED = "contacted"
    RECTIFIED = "rectified"
    ANSWERED = "answered"
    EXCLUDED = "excluded"


class ComplaintState(StrEnum):
    """The step of its diagram that a complaint waits at, by the id of the element."""

    NEW = "unheard"
    EXAMINING = "examining"
    SIGNING = "signing"
    INVESTIGATING = "investigating"
    WEIGHING = "weighing"
    HANDLING = "handling"
    ANSWERING = "answering"
    CALLING_BACK = "calling_back"
    NOT_ACCEPTED = "not_accepted"
    SETTLED = "settled"


V = RatingState
T = ComplaintState

#: A bad rating is followed up whatever it is corrected to; time passes beside it.
RATINGS: dict[tuple[str, str], tuple[RatingState, ...]] = {
    (V.NEW, "give_rating"): (V.GIVEN, V.OPEN),
    (V.GIVEN, "correct_rating"): (V.GIVEN, V.OPEN),
    (V.OPEN, "contact_rater"): (V.OPEN, V.CONTACTED),
    (V.OPEN, "rectify_rating"): (V.RECTIFIED,),
    (V.CONTACTED, "rectify_rating"): (V.RECTIFIED,),
    (V.RECTIFIED, "call_back_rater"): (V.RECTIFIED, V.CONTACTED, V.ANSWERED),
}
for _rated in (V.OPEN, V.CONTACTED, V.RECTIFIED):
    RATINGS[_rated, "correct_rating"] = (_rated,)
    RATINGS[_rated, "appeal_rating"] = (_rated,)
    RATINGS[_rated, "decide_rating_appeal"] = (_rated, V.EXCLUDED)
    RATINGS[_rated, "lapse_follow_up"] = (_rated,)
    RATINGS[_rated, "recount_follow_up"] = (_rated,)
RATINGS[V.ANSWERED, "decide_rating_appeal"] = (V.ANSWERED, V.EXCLUDED)

#: Which step follows is the diagram's business (bpmn/complaint); this says what it may be.
COMPLAINTS: dict[tuple[str, str], tuple[ComplaintState, ...]] = {
    (T.NEW, "register_complaint"): (T.EXAMINING,),
    (T.EXAMINING, "examine_complaint"): (T.NOT_ACCEPTED, T.SIGNING, T.INVESTIGATING),
    (T.SIGNING, "sign_for_complaint"): (T.INVESTIGATING, T.EXAMINING),
    (T.INVESTIGATING, "propose_outcome"): (T.WEIGHING,),
    (T.WEIGHING, "weigh_outcome"): (T.HANDLING, T.INVESTIGATING),
    (T.HANDLING, "handle_complaint"): (T.ANSWERING,),
    (T.ANSWERING, "answer_complaint"): (T.CALLING_BACK,),
    (T.CALLING_BACK, "call_back_complainant"): (T.CALLING_BACK, T.WEIGHING, T.SETTLED),
}
for _heard in (T.EXAMINING, T.SIGNING, T.INVESTIGATING, T.WEIGHING, T.HANDLING, T.ANSWERING,
               T.CALLING_BACK):  # fmt: skip
    COMPLAINTS[_heard, "unseal_complainant"] = (_heard,)
    COMPLAINTS[_heard, "lapse_follow_up"] = (_heard,)
    COMPLAINTS[_heard, "recount_follow_up"] = (_heard,)
for _heard in (T.SIGNING, T.INVESTIGATING, T.WEIGHING, T.HANDLING):
    COMPLAINTS[_heard, "extend_complaint"] = (_heard,)
