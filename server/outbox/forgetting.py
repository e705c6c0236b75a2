"""What arrived long ago is forgotten; dead letters stay until somebody has dealt with them."""

from datetime import timedelta

from sqlalchemy import bindparam, select

from server.context import Services
from workflows.models import Outgoing
from workflows.models.rows import connection_of, table_of

#: Rows a transaction: whoever wants to write meanwhile does not wait long.
AT_ONCE = 1000

TABLE = table_of(Outgoing)
OLD = select(TABLE.c.id).where(TABLE.c.sent_at < bindparam("before")).order_by(TABLE.c.id)
FORGET = TABLE.delete().where(TABLE.c.id.in_(OLD.limit(AT_ONCE)))


def forget_sent(services: Services) -> int:
    """Remove what was sent longer ago than the setting says; how many messages that were."""
    before = services.clock.now() - timedelta(days=services.settings.outside.sent_days)
    forgotten, last = 0, AT_ONCE
    while last == AT_ONCE:
        with services.database.writers() as session, session.begin():
            last = connection_of(session).execute(FORGET, {"before": before}).rowcount
        forgotten += last
    return forgotten
