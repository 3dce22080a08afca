"""A policy decides what happens to what is found; one that cannot work is refused with line, key and mend."""

import base64
from pathlib import Path

import pytest

from common.settings import ConfigurationError
from consumer.redaction import Kind, RawText, Redactor, Turn
from consumer.redaction.locales import Pack
from consumer.redaction.policy import SHIPPED, Action, PolicyError, parse, shipped
from consumer.settings import RedactionSettings

HEAD = "version: 1\nname: mine\n"
KEY = bytes(range(32))
CARD = "my card is 4111 1111 1111 1111"


def redact(text: str, policy: str, **options: object) -> str:
    redactor = Redactor(parse(HEAD + policy), **options)  # type: ignore[arg-type]  # options of the constructor
    return str(redactor.redact([Turn(RawText(text))]).texts[0])


@pytest.mark.parametrize("name", SHIPPED)
def test_every_policy_that_ships_is_valid_and_has_a_hash_of_its_own(name: str) -> None:
    assert shipped(name).name == name
    assert len({shipped(one).hash for one in SHIPPED}) == len(SHIPPED)


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ("", "line 1: a policy is a mapping with version, name, actions, ..."),
        ("- a", "line 1: a policy is a mapping"),
        ("name: x", "line 1, version: is missing"),
        ("version: 2\nname: x", "line 1, version: "),
        ("version: 1\nname: X y", "line 2, name: "),
        (HEAD + "colour: red", "line 3, colour: is no key of a policy; check its spelling"),
        (HEAD + "name: again", "line 3, name: stands twice; keep one"),
        (HEAD + "actions:\n  CVV: keep_last4", "line 4, actions.CVV: keep_last4 is allowed for"),
        (HEAD + "actions:\n  ERROR: report_only", "line 4, actions.ERROR: an utterance that could not be treated"),
        (HEAD + "actions:\n  SSN: hide", "line 4, actions.SSN: "),
        (HEAD + "actions:\n  SOCIAL: mask", "line 4, actions.SOCIAL: "),
        (HEAD + "actions:\n  SSN: hmac_token", "token_key: hmac_token needs the id of the key"),
        (HEAD + "token_key: k1", "line 3, token_key: "),
        (HEAD + "locales:\n  english: [us]", "line 3, locales: 'english' is no language"),
        (HEAD + "locales:\n  en: [mars]", "line 4, locales.en.0: "),
        (HEAD + "allow: ['our hotline']", "line 3, allow: 'our hotline' holds no digit"),
        (HEAD + "cues:\n  SSN: [x]", "line 4, cues.SSN.0: "),
        (HEAD + "rules:\n  - {name: a, type: PIN, pattern: '(?=a)'}", "line 4, rules.0.pattern: is no RE2 pattern"),
        (HEAD + "rules:\n  - {name: a, type: PIN, pattern: 'a*'}", "line 4, rules.0.pattern: matches the empty text"),
        (HEAD + "mute: [EARS]", "line 3, mute"),
        (HEAD + "actions: {a", "line 3: "),
        (HEAD + "name\x00", "line 1: is no YAML"),
    ],
)
def test_a_policy_that_cannot_work_is_refused_with_its_line_and_key(policy: str, message: str) -> None:
    with pytest.raises(PolicyError) as refused:
        parse(policy)
    assert message in str(refused.value)


def test_what_is_not_named_is_masked() -> None:
    policy = parse(HEAD + "actions: {SSN: drop_utterance}")
    assert policy.action(Kind.CVV) is Action.MASK
    assert policy.action(Kind.ERROR) is Action.MASK
    assert parse(HEAD + "actions: {default: drop_utterance}").action(Kind.CVV) is Action.DROP_UTTERANCE
    assert parse(HEAD + "actions: {default: drop_utterance}").action(Kind.ERROR) is Action.MASK


def test_last_digits_are_kept_of_a_whole_number_but_never_of_a_part() -> None:
    policy = "actions: {CREDIT_CARD: keep_last4}"
    assert redact(CARD, policy) == "my card is [REDACTED_CREDIT_CARD ending 1111]"
    spoken = "my card is four one one one double one one one triple one one two three four five"
    assert redact(spoken, policy) == "my card is [REDACTED_CREDIT_CARD ending 2345]"
    assert redact("my card number is 4111", policy) == "my card number is [REDACTED_CREDIT_CARD]"


def test_a_token_is_the_same_for_the_same_digits_and_differs_by_key_and_type() -> None:
    policy = "token_key: spring\nactions: {CREDIT_CARD: hmac_token, PHONE: hmac_token}"
    keys = {"spring": KEY}
    written = redact(CARD, policy, token_keys=keys)
    spoken = redact(
        "my card is four one one one one one one one one one one one one one one one", policy, token_keys=keys
    )
    assert written == spoken
    assert written.startswith("my card is [REDACTED_CREDIT_CARD spring:")
    assert not any(map(str.isdigit, written))
    assert written != redact(CARD, policy, token_keys={"spring": KEY[::-1]})
    name = "token_key: spring\nactions: {PERSON_NAME: hmac_token}"
    assert redact("my name is Ann Lee", name, token_keys=keys) == redact(
        "my name is  ann  lee", name, token_keys=keys
    ).replace("is  ", "is ")


@pytest.mark.parametrize("keys", [{}, {"autumn": KEY}, {"spring": KEY[:31]}])
def test_a_policy_with_tokens_needs_its_key(keys: dict[str, bytes]) -> None:
    with pytest.raises(PolicyError, match="REDACTION_TOKEN_KEYS has no key 'spring' of at least 32 bytes"):
        redact(CARD, "token_key: spring\nactions: {SSN: hmac_token}", token_keys=keys)


def test_an_utterance_can_be_dropped_whole() -> None:
    assert redact("the password is hunter two okay", "actions: {PASSWORD: drop_utterance}") == "[REDACTED_UTTERANCE]"


def test_report_only_counts_and_needs_a_second_setting() -> None:
    policy = parse(HEAD + "actions: {CREDIT_CARD: report_only}")
    with pytest.raises(PolicyError, match="REDACTION_ALLOW_REPORT_ONLY=true"):
        Redactor(policy)
    result = Redactor(policy, allow_report_only=True).redact([Turn(RawText(CARD))])
    assert (result.texts, result.counts, result.reported) == ([CARD], {"CREDIT_CARD": 1}, True)


@pytest.mark.parametrize("action", ["mask", "keep_last4", "hmac_token", "drop_utterance"])
def test_redacting_what_an_action_wrote_changes_nothing(action: str) -> None:
    policy = f"token_key: spring\nactions: {{CREDIT_CARD: {action}}}"
    once = redact(CARD, policy, token_keys={"spring": KEY})
    assert redact(once, policy, token_keys={"spring": KEY}) == once


def test_a_policy_adds_cues_negative_cues_and_an_allow_list() -> None:
    assert redact("my plastic number is 4111", "") == "my plastic number is 4111"
    assert redact("my plastic number is 4111", "cues: {CREDIT_CARD: [Plastic number]}").endswith(
        "is [REDACTED_CREDIT_CARD]"
    )
    assert redact("the booth is 4155550132", "negative_cues: [booth]") == "the booth is 4155550132"
    assert (
        redact("call us on 1-800-555-0199", "allow: ['+1 800 555 0199', '1 800 555 0199']")
        == "call us on 1-800-555-0199"
    )


def test_a_rule_of_the_policy_finds_what_its_pattern_says() -> None:
    policy = "rules: [{name: member, type: NUMBER, pattern: 'mem-\\d{3}'}]"
    assert redact("it is MEM-123, and mem-12", policy) == "it is [REDACTED_NUMBER], and mem-12"


def test_a_rule_whose_pattern_matches_between_characters_hides_nothing_there() -> None:
    policy = r"rules: [{name: member, type: NUMBER, pattern: '\b(?:mem-\d{3})?'}]"
    assert redact("it is mem-123, and mem-12", policy) == "it is [REDACTED_NUMBER], and mem-12"


def test_the_audio_of_the_types_that_are_named_is_cut() -> None:
    assert parse(HEAD).muted == frozenset()
    assert parse(HEAD + "mute: [CVV, PIN]").muted == {Kind.CVV, Kind.PIN}
    assert parse(HEAD + "mute: all").muted == set(Kind)


def test_national_forms_are_those_of_every_country_where_a_policy_names_none() -> None:
    assert parse(HEAD).packs(None) == set(Pack)
    assert parse(HEAD + "locales: {en-GB: [uk]}").packs("de") == set(Pack)


@pytest.mark.parametrize(
    ("language", "hidden"),
    [("en-GB", True), ("en_GB", True), ("en", False), ("en-US", False), ("de-DE", False), (None, False)],
)
def test_national_forms_depend_on_the_language(language: str | None, hidden: bool) -> None:
    policy = parse(HEAD + "locales: {default: [us], en: [us], en-GB: [uk]}")
    result = Redactor(policy).redact([Turn(RawText("it is AB123456C"))], language=language)
    assert (result.counts == {"NATIONAL_ID": 1}) is hidden
    assert policy.packs("en-GB-oxendict") == {Pack.US}


def test_nine_digits_are_a_social_security_number_only_where_there_is_one() -> None:
    policy = parse(HEAD + "locales: {default: [us], en-GB: [uk]}")
    turns = [Turn(RawText("it is 123-45-6789"))]
    assert Redactor(policy).redact(turns).counts == {"SSN": 1}
    assert Redactor(policy).redact(turns, language="en-GB").counts == {"NUMBER": 1}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dni 12345678z", True),
        ("it is 12345678Z", True),
        ("it is 12345678-Z", True),
        ("it is X1234567L", True),
        ("it is 12345678a", False),  # not its check letter
        ("it is a12345678zz", False),
        ("AB 12 34 56 C", True),
        ("we met at 12 34 56 c", False),  # two letters that are a word
    ],
)
def test_identity_numbers_are_known_by_their_form(text: str, found: bool) -> None:
    assert (Kind.NATIONAL_ID in {span.kind for span in Redactor().find([Turn(RawText(text))])[0]}) is found


def test_settings_name_what_is_wrong_with_policy_and_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(HEAD + "token_key: spring\nactions: {SSN: hmac_token}", encoding="utf-8")
    monkeypatch.setenv("REDACTION_POLICY", str(file))
    for keys, message in (
        ("{}", "REDACTION_TOKEN_KEYS has no key 'spring'"),
        ('{"spring": "?"}', "REDACTION_TOKEN_KEYS[spring] must be base64"),
    ):
        monkeypatch.setenv("REDACTION_TOKEN_KEYS", keys)
        with pytest.raises(ConfigurationError) as refused:
            RedactionSettings.load()
        assert message in str(refused.value)
    monkeypatch.setenv("REDACTION_TOKEN_KEYS", f'{{"spring": "{base64.b64encode(KEY).decode()}"}}')
    assert RedactionSettings.load().redactor().policy.name == "mine"
    assert base64.b64encode(KEY).decode() not in repr(RedactionSettings.load())
    monkeypatch.setenv("REDACTION_POLICY", str(tmp_path / "none.yaml"))
    with pytest.raises(ConfigurationError, match="cannot be read"):
        RedactionSettings.load()


def test_the_hash_changes_with_the_policy_and_with_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    first = parse(HEAD).hash
    assert parse(HEAD + "mute: all").hash != first
    monkeypatch.setattr("consumer.redaction.policy.RULES_VERSION", 0)
    assert parse(HEAD).hash != first
