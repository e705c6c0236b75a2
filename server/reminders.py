"""我的提醒: where a person wants to be told.  提醒发送: what has not arrived, for administrators.

Neither changes anything of a case, so neither is an action, and no history remembers it.
"""

import logging
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from server.channels import channels_of
from server.channels.message import Channel
from server.context import keeping, now, reader, services
from server.lists import page_number
from server.outbox import lanes
from workflows.deadlines import Light
from workflows.errors import N_
from workflows.models import NoticeChoice
from workflows.personal.choices import choice_of, choose, parsed
from workflows.queries.outbox import PAGE, Stage, counts, lines

reminders = Blueprint("reminders", __name__)
log = logging.getLogger(__name__)

CHANNELS = {"mail": N_("邮件"), "sms": N_("短信"), "webhook": N_("消息推送")}
ADDRESSES = {"mail": N_("邮箱"), "sms": N_("手机号"), "webhook": N_("推送地址")}
WRONG = {
    "mail": N_("请填写一个邮箱地址，如 name@example.gov.cn。"),
    "sms": N_("请填写 11 位手机号。"),
    "webhook": N_("这个地址不在管理员允许的范围内。"),
}
STAGES = {
    Stage.DEAD: N_("未送达"),
    Stage.FAILED: N_("重试中"),
    Stage.WAITING: N_("待发送"),
}
LANGUAGES = {"zh": "中文", "en": "English"}
LIGHTS = tuple(light.value for light in (Light.PURPLE, Light.RED, Light.YELLOW, Light.BLUE,
                                         Light.GREEN))  # fmt: skip
#: A person's own address is at most so long.
ADDRESS_LENGTH = 150


@reminders.get("/my/reminders")
def mine() -> str:
    """Which channels for which light."""
    defaults = parsed(services().settings.outside.defaults)
    return _page(choice_of(reader(), current_user.person.id, defaults), {})


def _page(choice: NoticeChoice, errors: dict[str, str]) -> str:
    return render_template(
        "reminders.html",
        choice=choice,
        errors=errors,
        lights=LIGHTS,
        channels={name: _(CHANNELS[name]) for name in _configured()},
        addresses={name: _(ADDRESSES[name]) for name in _configured()},
        languages=list(LANGUAGES.items()),
        quiet=services().settings.outside.quiet,
    )


def _configured() -> dict[str, Channel]:
    return channels_of(services().settings.outside)


@reminders.post("/my/reminders")
def choose_mine() -> ResponseReturnValue:
    """Keep the choice, unless an address could not be reached."""
    choice = _posted(current_user.person.id)
    errors = {
        name: _(WRONG[name])
        for name, channel in _configured().items()
        if (address := getattr(choice, name))
        and (len(address) > ADDRESS_LENGTH or not channel.takes(address))
    }
    if errors:
        return _page(choice, errors), 422
    with keeping() as session:
        choose(session, choice)
    flash(_("提醒方式已保存。"), "success")
    return redirect(url_for("reminders.mine"), 303)


def _posted(person_id: int) -> NoticeChoice:
    """What the form says; what it does not show stays as it was."""
    defaults = parsed(services().settings.outside.defaults)
    before = choice_of(reader(), person_id, defaults)
    shown = _configured()
    language = request.form.get("language", "")
    addresses: dict[str, Any] = {
        name: request.form.get(name, "").strip() if name in shown else getattr(before, name)
        for name in ADDRESSES
    }
    channels = {
        light: [name for name in before.channels.get(light, []) if name not in shown]
        + [name for name in shown if name in request.form.getlist(f"light.{light}")]
        for light in LIGHTS
    }
    known = language if language in LANGUAGES else "zh"
    return NoticeChoice(person_id=person_id, language=known, channels=channels, **addresses)


@reminders.get("/outbox")
def outbox() -> str:
    """What waits, what is tried again, and what was given up, with the reason."""
    counted = counts(reader())
    asked = request.args.get("stage", "")
    stage = next((one for one in Stage if one == asked), None)
    stage = stage or next((one for one in Stage if counted[one]), Stage.DEAD)
    return render_template(
        "outbox.html",
        stage=stage,
        stages=[(one, _(STAGES[one]), counted[one]) for one in Stage],
        lines=lines(reader(), stage, page_number()),
        page=page_number(),
        pages=-(-counted[stage] // PAGE),
        channels={name: _(word) for name, word in CHANNELS.items()},
    )


@reminders.post("/outbox/<int:number>")
def send_again(number: int) -> ResponseReturnValue:
    """Send one message again, now; the log says who asked for it."""
    with keeping() as session:
        found = lanes.again(session, number, now())
    if not found:
        abort(404)
    log.info("message %s is sent again: asked for by %s", number, current_user.name)
    flash(_("已重新排队，将马上发送。"), "success")
    return redirect(url_for("reminders.outbox"), 303)
