# SPDX-License-Identifier: Apache-2.0
"""Users, sessions, and one-time tokens that were used."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from intarsia.server.db.tables import sessions, spent_tokens, users, workspaces
from intarsia.server.records import UserRow

_USER = (users.c.id, users.c.workspace_id, users.c.name, users.c.role)


class SqlIdentities:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def user(self, user_id: str) -> UserRow | None:
        row = self._connection.execute(select(*_USER).where(users.c.id == user_id)).one_or_none()
        return UserRow(*row) if row else None

    def owner(self) -> UserRow:
        query = select(*_USER).where(users.c.role == "owner").order_by(users.c.created_at).limit(1)
        return UserRow(*self._connection.execute(query).one())

    def seed(self, *, workspace_id: str, user_id: str, created_at: str) -> None:
        """Make the local workspace and its owner when there is none yet."""
        if self._connection.execute(select(workspaces.c.id).limit(1)).first() is not None:
            return
        self._connection.execute(insert(workspaces).values(id=workspace_id, name="Local", created_at=created_at))
        self._connection.execute(
            insert(users).values(
                id=user_id, workspace_id=workspace_id, name="Local owner", role="owner", created_at=created_at
            )
        )

    def spend_token(self, *, nonce_hash: bytes, workspace_id: str, expires_at: str) -> bool:
        known = select(spent_tokens.c.nonce_hash).where(spent_tokens.c.nonce_hash == nonce_hash)
        if self._connection.execute(known).first() is not None:
            return False
        self._connection.execute(
            insert(spent_tokens).values(nonce_hash=nonce_hash, workspace_id=workspace_id, expires_at=expires_at)
        )
        return True

    def drop_expired(self, *, now: str) -> None:
        self._connection.execute(delete(sessions).where(sessions.c.expires_at < now))
        self._connection.execute(delete(spent_tokens).where(spent_tokens.c.expires_at < now))

    def add_session(self, *, id_hash: bytes, user: UserRow, created_at: str, expires_at: str) -> None:
        self._connection.execute(
            insert(sessions).values(
                id_hash=id_hash,
                workspace_id=user.workspace_id,
                user_id=user.id,
                created_at=created_at,
                expires_at=expires_at,
            )
        )

    def session_user(self, id_hash: bytes, *, now: str) -> UserRow | None:
        query = (
            select(*_USER)
            .join(sessions, sessions.c.user_id == users.c.id)
            .where(sessions.c.id_hash == id_hash, sessions.c.expires_at >= now)
        )
        row = self._connection.execute(query).one_or_none()
        return UserRow(*row) if row else None
