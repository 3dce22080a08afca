"""What is done about what is found: a versioned policy, read from YAML and checked before it is used."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from importlib import resources
from typing import Annotated, Any, Literal, Self

import re2
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from consumer.redaction.fold import fold
from consumer.redaction.locales import Pack
from consumer.redaction.span import Kind

RULES_VERSION = 5  # raised with every change of what is found; part of every policy's hash
SHIPPED = ("default", "pci", "hipaa", "report_only")
MANY = 1000
_LOCALE = re.compile(r"default|[a-z]{2,3}(-[A-Za-z]{2,4})?")
_NAMED = re.compile(r"([a-z_]{1,40})(?:\.([A-Z_]{1,40}))?: ")
_LAST4_ALLOWED = frozenset(
    (Kind.CREDIT_CARD, Kind.SSN, Kind.PHONE, Kind.BANK_ACCOUNT, Kind.IBAN, Kind.NATIONAL_ID, Kind.NUMBER)
)
_FIXED = frozenset((Kind.ERROR,))
Path = tuple[str | int, ...]


class PolicyError(ValueError):
    """The policy cannot be used; the message names line and key, and the mend."""


class Action(StrEnum):
    """What happens to a span of a type."""

    MASK = "mask"
    KEEP_LAST4 = "keep_last4"
    HMAC_TOKEN = "hmac_token"  # noqa: S105 - the name of an action
    DROP_UTTERANCE = "drop_utterance"
    REPORT_ONLY = "report_only"


def compile_rule(pattern: str) -> Any:
    """Compile a rule of a policy, which runs in linear time whatever it says. Raises re2.error."""
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)


class UserRule(BaseModel):
    """A pattern of the policy's own, in RE2's syntax, over the folded text (lower-case ASCII)."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")
    type: Kind
    pattern: str = Field(min_length=1, max_length=500)

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            compiled = compile_rule(pattern)
        except re2.error as error:
            reason = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
            raise ValueError(f"is no RE2 pattern ({reason}): RE2 has no lookaround and no backreferences") from None
        if compiled.match(""):
            raise ValueError("matches the empty text, and so everywhere")
        return pattern


class Default(StrEnum):
    """The key of what is done about all types that are not named."""

    DEFAULT = "default"


Phrase = Annotated[str, Field(min_length=2, max_length=80)]


class Policy(BaseModel):
    """A policy. The types it names are those of `Kind`; what it does not name is masked."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    version: Literal[1]
    name: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")
    actions: dict[Kind | Default, Action] = {}
    locales: dict[str, tuple[Pack, ...]] = {"default": tuple(Pack)}
    cues: dict[Kind, tuple[Phrase, ...]] = {}
    negative_cues: tuple[Phrase, ...] = ()
    allow: tuple[str, ...] = Field(default=(), max_length=MANY)
    rules: tuple[UserRule, ...] = Field(default=(), max_length=MANY)
    mute: tuple[Kind, ...] | Literal["all"] = ()
    token_key: str | None = Field(default=None, pattern=r"^[a-z]([a-z-]{0,14}[a-z])?$")

    @field_validator("locales")
    @classmethod
    def _known_locales(cls, locales: dict[str, tuple[Pack, ...]]) -> dict[str, tuple[Pack, ...]]:
        for locale in locales:
            if not _LOCALE.fullmatch(locale):
                raise ValueError(f"{locale!r} is no language such as en, en-GB, or default")
        return {"default": tuple(Pack)} | locales

    @field_validator("allow")
    @classmethod
    def _numbers(cls, numbers: tuple[str, ...]) -> tuple[str, ...]:
        for number in numbers:
            if not any(map(str.isdigit, fold(number))):
                raise ValueError(f"{number!r} holds no digit: the allow-list is for numbers, such as '+1 800 555 0199'")
        return numbers

    @model_validator(mode="after")
    def _possible(self) -> Self:
        for kind, action in self.actions.items():
            if kind in _FIXED:
                raise ValueError(
                    f"actions.{kind}: an utterance that could not be treated is always hidden whole; remove it"
                )
            if action is Action.KEEP_LAST4 and kind not in _LAST4_ALLOWED:
                allowed = ", ".join(sorted(_LAST4_ALLOWED))
                raise ValueError(f"actions.{kind}: keep_last4 is allowed for {allowed} only; use mask")
        if Action.HMAC_TOKEN in self.actions.values() and self.token_key is None:
            raise ValueError("token_key: hmac_token needs the id of the key, such as 'spring'")
        return self

    def action(self, kind: Kind) -> Action:
        """Tell what is done about a type."""
        if kind in _FIXED:
            return Action.MASK
        return self.actions.get(kind) or self.actions.get(Default.DEFAULT) or Action.MASK

    def packs(self, language: str | None) -> frozenset[Pack]:
        """Tell which national forms are looked for in a language (BCP 47): the longest entry that fits, else the default."""
        tag = (language or "").replace("_", "-")
        locale = next((one for one in (tag, tag.split("-")[0]) if one in self.locales), "default")
        return frozenset(self.locales[locale])

    @property
    def reports_only(self) -> bool:
        """Tell whether the policy leaves anything as it is."""
        return Action.REPORT_ONLY in self.actions.values()

    @cached_property
    def allowed_digits(self) -> frozenset[str]:
        """The allow-list, digits only."""
        return frozenset("".join(filter(str.isdigit, fold(number))) for number in self.allow)

    @cached_property
    def muted(self) -> frozenset[Kind]:
        """The types whose audio is to be cut."""
        return frozenset(Kind) if self.mute == "all" else frozenset(self.mute)

    @cached_property
    def hash(self) -> str:
        """Name this policy and these rules: what document and audit record keep (16 hex digits)."""
        written = json.dumps([RULES_VERSION, self.model_dump(mode="json")], sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()[:16]


def parse(text: str) -> Policy:
    """Read a policy from YAML. Raises PolicyError."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PolicyError(f"line {line}: {error.problem or 'is no YAML'}") from None
    except yaml.YAMLError:
        raise PolicyError("line 1: is no YAML") from None
    if not isinstance(root, yaml.MappingNode):
        raise PolicyError("line 1: a policy is a mapping with version, name, actions, ...")
    lines = dict(_lines(root))
    try:
        return Policy.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        problems = (_explain(problem, lines) for problem in error.errors(include_url=False, include_input=False))
        raise PolicyError("\n".join(dict.fromkeys(problems))) from None


def shipped(name: str) -> Policy:
    """Read one of the policies that come with the project."""
    return parse(resources.files("consumer.redaction").joinpath(f"policies/{name}.yaml").read_text(encoding="utf-8"))


def _lines(node: yaml.Node, path: Path = ()) -> Iterator[tuple[Path, int]]:
    """List the line of every key and item. Raises PolicyError for a key that stands twice: YAML would keep the last."""
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                place = ".".join(map(str, (*path, key.value)))
                raise PolicyError(f"line {key.start_mark.line + 1}, {place}: stands twice; keep one")
            seen.add(key.value)
            yield from _lines(value, (*path, key.value))
            yield (*path, key.value), key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _lines(item, (*path, index))


def _explain(problem: Mapping[str, Any], lines: Mapping[Path, int]) -> str:
    path: Path = tuple(part for part in problem["loc"] if part != "[key]")
    while path and path not in lines:
        path = path[:-1]
    message = str(problem["msg"]).removeprefix("Value error, ")
    named = _NAMED.match(message)
    if not path and named:
        path = tuple(part for part in named.groups() if part)
        message = message[named.end() :]
    place = ".".join(map(str, path))
    where = f"line {lines.get(path, 1)}"
    if problem["type"] == "missing":
        return f"line 1, {problem['loc'][-1]}: is missing"
    if problem["type"] == "extra_forbidden":
        message = "is no key of a policy; check its spelling"
    return f"{where}, {place}: {message}" if place else f"{where}: {message}"
