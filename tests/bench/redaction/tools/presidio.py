"""Presidio's analyzer with its pattern recognizers and no language model: the parts that work on numbers."""

from collections.abc import Sequence
from typing import Any

from tests.bench.redaction.items import Found, Turn

KIND = {
    "CREDIT_CARD": "CREDIT_CARD",
    "US_SSN": "SSN",
    "PHONE_NUMBER": "PHONE",
    "EMAIL_ADDRESS": "EMAIL",
    "IBAN_CODE": "IBAN",
    "IP_ADDRESS": "IP_ADDRESS",
    "US_BANK_NUMBER": "BANK_ACCOUNT",
    "UK_NHS": "NATIONAL_ID",
}
NO_MODEL = [{"lang_code": "en", "model_name": "no_op"}]


class Presidio:
    """Every turn by itself, with the analyzer's own thresholds."""

    name = "Presidio"

    def __init__(self) -> None:
        import tldextract.tldextract  # noqa: PLC0415  # what its e-mail recognizer asks for top-level domains
        from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: PLC0415  # installed for this alone
        from presidio_analyzer.nlp_engine import NoOpNlpEngine  # noqa: PLC0415

        # Its own copy of the list, as a benchmark reaches for no network.
        tldextract.tldextract.TLD_EXTRACTOR = tldextract.tldextract.TLDExtract(suffix_list_urls=())
        nlp_engine = NoOpNlpEngine(models=NO_MODEL)
        nlp_engine.load()
        registry = RecognizerRegistry(supported_languages=["en"])
        registry.load_predefined_recognizers(languages=["en"], nlp_engine=nlp_engine)
        self._analyzer: Any = AnalyzerEngine(registry=registry, nlp_engine=nlp_engine, supported_languages=["en"])
        self._entities = sorted(set(KIND) & set(self._analyzer.get_supported_entities("en")))

    def find(self, turns: Sequence[Turn]) -> list[list[Found]]:
        """Analyze turn after turn."""
        return [
            [
                Found(one.start, one.end, KIND[one.entity_type])
                for one in self._analyzer.analyze(turn.text, language="en", entities=self._entities)
            ]
            for turn in turns
        ]
