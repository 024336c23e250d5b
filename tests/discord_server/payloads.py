"""The world's words as the JSON that Discord sends."""

from collections.abc import Iterable
from datetime import UTC, datetime

from tests.discord_server.world import (
    Attachment,
    Channel,
    Guild,
    Kind,
    Member,
    Message,
    Overwrite,
    Role,
    User,
    permissions,
)


def moment(seconds: float) -> str:
    """Return an ISO time in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


def user(who: User) -> dict:
    """Return a user object."""
    return {
        "id": str(who.id),
        "username": who.name,
        "global_name": who.name.title(),
        "discriminator": "0",
        "avatar": None,
        "bot": who.bot,
        "public_flags": 0,
    }


def member(who: Member, *, with_user: bool = True) -> dict:
    """Return a guild member object."""
    body = {
        "roles": [str(role.id) for role in who.roles],
        "nick": None,
        "avatar": None,
        "joined_at": "2024-01-01T00:00:00.000000+00:00",
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }
    return {**body, "user": user(who.user)} if with_user else body


def role(of: Role) -> dict:
    """Return a role object."""
    return {
        "id": str(of.id),
        "name": of.name,
        "permissions": str(int(of.permissions)),
        "position": of.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def channel(of: Channel) -> dict:
    """Return a channel object."""
    if of.guild is None:
        return _direct(of)
    if of.parent is not None:
        return _thread(of)
    body = {
        "id": str(of.id),
        "type": int(of.kind),
        "guild_id": str(of.guild.id),
        "name": of.name,
        "position": list(of.guild.channels).index(of.id),
        "parent_id": None,
        "nsfw": False,
        "permission_overwrites": [overwrite(k, o) for k, o in of.overwrites.items()],
        "flags": 0,
    }
    kind = dict(_OF_KIND.get(of.kind, {}))
    if "available_tags" in kind:
        kind["available_tags"] = [_tag(number, name) for number, name in of.tags.items()]
    return {**body, **kind, **_last_message(of)}


def _tag(number: int, name: str) -> dict:
    return {
        "id": str(number),
        "name": name,
        "moderated": False,
        "emoji_id": None,
        "emoji_name": None,
    }


def _thread(of: Channel) -> dict:
    assert of.guild is not None
    assert of.parent is not None
    assert of.owner is not None
    body = {
        "id": str(of.id),
        "type": int(of.kind),
        "guild_id": str(of.guild.id),
        "parent_id": str(of.parent.id),
        "owner_id": str(of.owner.id),
        "name": of.name,
        "rate_limit_per_user": 0,
        "message_count": len(of.messages),
        "member_count": 1,
        "total_message_sent": len(of.stored),
        "applied_tags": [str(tag) for tag in of.applied],
        "flags": 0,
        "thread_metadata": {
            "archived": of.archived,
            "archive_timestamp": moment(of.archived_at),
            "auto_archive_duration": 4320,
            "locked": of.locked,
            "create_timestamp": moment(of.archived_at),
        },
    }
    return {**body, **_last_message(of)}


_OF_THREAD = ("thread_metadata", "owner_id", "message_count", "member_count", "total_message_sent")
_OF_KIND: dict[Kind, dict] = {
    Kind.TEXT: {"topic": None, "rate_limit_per_user": 0},
    Kind.ANNOUNCEMENT: {"topic": None, "rate_limit_per_user": 0},
    Kind.VOICE: {"bitrate": 64000, "user_limit": 0, "rtc_region": None, "rate_limit_per_user": 0},
    Kind.FORUM: {
        "topic": None,
        "rate_limit_per_user": 0,
        "available_tags": [],
        "default_reaction_emoji": None,
        "default_sort_order": None,
        "default_forum_layout": 0,
    },
}


def _direct(of: Channel) -> dict:
    recipients = [user(of.recipient)] if of.recipient else []
    body = {"id": str(of.id), "type": int(of.kind), "recipients": recipients, "flags": 0}
    return {**body, **_last_message(of)}


def _last_message(of: Channel) -> dict:
    return {"last_message_id": str(next(reversed(of.stored))) if of.stored else None}


def overwrite(target: int, of: Overwrite) -> dict:
    """Return a permission overwrite object."""
    return {
        "id": str(target),
        "type": int(of.of_member),
        "allow": str(int(of.allow)),
        "deny": str(int(of.deny)),
    }


def resolved_channel(of: Channel, asker: User, bot: User) -> dict:
    """Return the partial channel of an interaction, with both sides' permissions."""
    whole = {"position": 0, **channel(of)}
    kept = ("id", "type", "name", "parent_id", "topic", "position", "nsfw", "flags", "guild_id")
    if of.parent is not None:
        kept = (*kept, *_OF_THREAD)
    return {
        **{key: whole[key] for key in kept if key in whole},
        "last_message_id": whole["last_message_id"],
        "permissions": str(int(permissions(asker, of))),
        "app_permissions": str(int(permissions(bot, of))),
    }


def guild(of: Guild) -> dict:
    """Return a guild object as REST gives it."""
    return {
        "id": str(of.id),
        "name": of.name,
        "owner_id": str(of.owner.id),
        "roles": [role(r) for r in of.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "description": None,
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "vanity_url_code": None,
        "premium_progress_bar_enabled": False,
        "application_id": None,
    }


def guild_create(
    of: Guild, bot: User, *, joined: bool = False, threads: Iterable[Channel] = ()
) -> dict:
    """Return what GUILD_CREATE carries: the guild with its channels, and of its members the bot.

    A guild that the bot has just *joined* says nothing of having been unavailable.
    """
    body = {
        **guild(of),
        "joined_at": "2024-01-01T00:00:00.000000+00:00",
        "large": False,
        "member_count": len(of.members),
        "members": [member(of.members[bot.id])],
        "channels": [channel(c) for c in of.channels.values()],
        "threads": [channel(c) for c in threads if c.guild is of and not c.archived],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
    return body if joined else {**body, "unavailable": False}


def attachment(of: Attachment) -> dict:
    """Return an attachment object."""
    body = {
        "id": str(of.id),
        "filename": of.name,
        "size": len(of.data),
        "url": of.url,
        "proxy_url": of.url,
        "content_type": of.content_type,
    }
    return {**body, "description": of.description} if of.description else body


def message(of: Message, *, readable: bool = True) -> dict:
    """Return a message object, without its words when they are not *readable* to the bot."""
    body = {
        "id": str(of.id),
        "type": 19 if of.reference else (20 if of.interaction else 0),
        "channel_id": str(of.channel.id),
        "author": user(of.author),
        "content": of.content if readable else "",
        "timestamp": moment(of.created),
        "edited_timestamp": moment(of.edited) if of.edited else None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [attachment(a) for a in of.attachments] if readable else [],
        "embeds": of.embeds if readable else [],
        "components": of.components if readable else [],
        "pinned": False,
        "flags": of.flags,
    }
    if of.nonce is not None:
        body["nonce"] = of.nonce
    if of.reference is not None:
        body["message_reference"] = of.reference
    if of.interaction is not None:
        body["interaction_metadata"] = of.interaction
    return body


def created(of: Message, *, readable: bool) -> dict:
    """Return what MESSAGE_CREATE and MESSAGE_UPDATE carry."""
    body = message(of, readable=readable)
    if of.channel.guild is None:
        return body
    body["guild_id"] = str(of.channel.guild.id)
    author = of.channel.guild.members.get(of.author.id)
    return {**body, "member": member(author, with_user=False)} if author else body


def application(identity: int, owner: User) -> dict:
    """Return the bot's application object."""
    return {
        "id": str(identity),
        "name": "Daybrief",
        "icon": None,
        "description": "",
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": user(owner),
        "team": None,
        "flags": 0,
        "rpc_origins": None,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "integration_types_config": {"0": {}},
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
    }
