"""What each kind of query lights in the text and finds among the records."""

from __future__ import annotations

import pytest

from alliance_tui.search.engine import search
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import MatchType
from alliance_tui.search.term_matcher import MAX_OCCURRENCES
from tests.support.sample_index import INDEX, TEXT, agreements, entities, found, index_with, lit


class TestWords:
    def test_a_word_is_found_in_text_and_records(self) -> None:
        assert lit("kishida") == ["Kishida", "Kishida"]
        assert entities("kishida") == ["Fumio Kishida"]
        assert agreements("kishida") == ["a-upgrade", "a-forum"]

    def test_the_beginning_of_a_word_lights_what_was_typed_of_it(self) -> None:
        assert lit("kish") == ["Kish", "Kish"]
        assert lit("warship") == ["Warship"]

    def test_whole_words_stand_above_beginnings(self) -> None:
        best = max(found("japan").text, key=lambda hit: hit.score)
        assert (TEXT[best.start : best.end], best.match_type) == ("Japan", MatchType.WORD)
        assert [hit.match_type for hit in found("japan").text] == [MatchType.WORD, MatchType.PREFIX]

    def test_every_word_must_stand_in_the_sentence(self) -> None:
        assert lit("kishida forum") == ["forum", "Kishida"]

    def test_or_else_in_the_paragraph(self) -> None:
        assert lit("kishida yokosuka") == ["Kishida", "Yokosuka"]

    def test_and_nothing_is_lit_where_no_paragraph_has_them_all(self) -> None:
        assert lit("kishida china") == []

    def test_a_name_is_found_in_either_order(self) -> None:
        assert entities("kishida fumio") == ["Fumio Kishida"]
        assert lit("kishida fumio") == ["Fumio", "Kishida"]

    def test_function_words_are_lit_only_beside_other_words(self) -> None:
        assert lit("command and control") == ["command", "and", "control"]
        assert lit("command and") == ["command", "and", "Command"]

    def test_function_words_of_the_next_sentence_are_not_beside(self) -> None:
        text = "It is under command. And control is another matter."
        assert [text[hit.start : hit.end] for hit in search(SearchIndex.build(text, None), "command and ").text] == [
            "command"
        ]

    def test_what_is_said_twice_is_asked_once(self) -> None:
        assert found("kishida kishida ").text == found("kishida ").text

    def test_a_function_word_alone_is_lit_everywhere(self) -> None:
        assert lit("of ") == ["of"] * TEXT.split().count("of")

    def test_capitals_once_typed_are_asked_for(self) -> None:
        assert lit("US") == ["U.S."]
        assert lit("us ") == ["U.S.", "us"]

    def test_capitals_that_stand_nowhere_are_forgiven(self) -> None:
        assert lit("KISHIDA") == ["Kishida", "Kishida"]


class TestFolding:
    @pytest.mark.parametrize(
        ("query", "there"),
        [
            ("self-defense", "Self‑Defense"),
            ("self defense", "Self"),
            ("sao tome", "São"),
            ("official", "oﬃcial"),
            ("forum", "ＦＯＲＵＭ"),
            ("u.s.", "U.S."),
            ("japan's", "Japan"),
        ],
    )
    def test_spellings_of_the_same_word_meet(self, query: str, there: str) -> None:
        assert there in lit(query)

    def test_the_beginning_of_a_ligature_lights_the_ligature(self) -> None:
        assert lit("^off") == ["oﬃ"]


class TestTypos:
    @pytest.mark.parametrize(
        ("query", "there"),
        [
            ("kishda", "Kishida"),
            ("kihsida", "Kishida"),
            ("kishiida", "Kishida"),
            ("dicsa", "DICAS"),
            ("comand", "command"),
            ("hedquarters", "headquarters"),
            ("yokosukka", "Yokosuka"),
        ],
    )
    def test_a_misspelt_word_lights_what_was_meant_and_nothing_else(self, query: str, there: str) -> None:
        assert set(lit(query)) == {there}
        assert {hit.match_type for hit in found(query).text} == {MatchType.TYPO}

    def test_a_misspelt_word_among_others(self) -> None:
        assert lit("comand and control") == ["command", "and", "control"]
        assert agreements("comand and control") == ["a-upgrade", "a-headquarters"]

    def test_a_misspelt_word_while_it_is_typed(self) -> None:
        assert lit("yokasu") == ["Yokosu"]

    def test_short_words_are_never_misspelt(self) -> None:
        assert lit("jeo") == []

    def test_numbers_are_never_misspelt(self) -> None:
        index = SearchIndex.build("In 2024 and 12534.", None)
        for number in ("2042", "12543", "2o24"):
            assert not search(index, number).text

    @pytest.mark.parametrize(
        "query", ["jooe biden", "joe bden", "fumio kishid ", "zoe biden", "joebiden", "self defence forces"]
    )
    def test_a_name_one_edit_away_is_found_whatever_word_the_edit_is_in(self, query: str) -> None:
        assert len(entities(query)) == 1
        assert lit(query)

    def test_no_typo_is_looked_for_where_the_word_stands(self) -> None:
        assert set(lit("forces")) == {"forces", "Forces"}

    def test_a_word_that_stands_in_the_records_only_lights_its_other_spelling_in_the_text(self) -> None:
        assert "Defense" in lit("defence")
        assert "Defense Ministry" in lit("defence ministry")
        assert entities("defence ministry") == ["Ministry of Defense"]
        assert [match.match_type for match in found("defence").agreements] == [MatchType.EXACT, MatchType.TYPO]

    def test_a_word_that_is_not_there_lights_nothing(self) -> None:
        for word in ("ukraine", "treaty", "climate", "missiles", "budget"):
            assert lit(word) == []

    def test_glued_and_split_words(self) -> None:
        assert lit("selfdefense") == ["Self‑Defense"]
        assert "Aircraft" in lit("air craft")
        assert lit("co-operation") == ["cooperation"]


class TestAcronyms:
    def test_of_a_phrase_in_the_text(self) -> None:
        assert lit("scc") == ["Security Consultative Committee"]
        assert entities("scc") == ["Security Consultative Committee"]

    def test_function_words_may_have_their_letter_or_not(self) -> None:
        assert lit("mod") == lit("md") == ["Ministry of Defense"]
        assert found("mod").entities[0].match_type is MatchType.ACRONYM

    def test_light_the_names_of_an_entity_whose_long_name_the_text_never_has(self) -> None:
        assert lit("dicf") == ["DICAS"]

    @pytest.mark.parametrize(
        ("text", "names", "query"),
        [
            ("The United States, and Australia, agreed.", ("United States", "Australia"), "usa"),
            ("The Financial Action Task Force met.", ("Financial Action Task Force",), "atf"),
            (
                "The National Institute of Standards and Technology met.",
                ("National Institute of Standards and Technology",),
                "nis",
            ),
            ("President Yoon Suk Yeol of the Republic of Korea spoke.", ("Yoon Suk Yeol", "Republic of Korea"), "york"),
        ],
    )
    def test_never_light_a_part_of_a_name_or_several_names(self, text: str, names: tuple[str, ...], query: str) -> None:
        assert search(index_with(text, *names), query).text == ()

    @pytest.mark.parametrize(
        ("text", "name", "query", "there"),
        [
            ("The U.S. Department of Energy paid.", "Department of Energy", "doe", "Department of Energy"),
            (
                "The Indo-Pacific Economic Framework for Prosperity.",
                "Indo-Pacific Economic Framework for Prosperity",
                "ipef",
                "Indo-Pacific Economic Framework",
            ),
            (
                "The Asia-Pacific Economic Cooperation met.",
                "Asia-Pacific Economic Cooperation",
                "apec",
                "Asia-Pacific Economic Cooperation",
            ),
        ],
    )
    def test_may_leave_out_whose_and_what_for(self, text: str, name: str, query: str, there: str) -> None:
        assert [text[hit.start : hit.end] for hit in search(index_with(text, name), query).text] == [there]

    def test_are_never_words_in_plain_use(self) -> None:
        index = SearchIndex.build("The aid reached the Asian Institute of Design. Aid is aid.", None)
        assert {hit.match_type for hit in search(index, "aid ").text} == {MatchType.WORD, MatchType.EXACT}


class TestOperators:
    def test_a_phrase_is_whole_words_side_by_side(self) -> None:
        assert lit('"joint headquarters"') == ["joint headquarters"]
        assert lit('"joint head" ') == []
        assert lit('"headquarters joint" ') == []

    def test_a_phrase_ends_with_its_sentence(self) -> None:
        assert lit('"2025 china"') == []

    def test_an_open_phrase_goes_on_being_typed(self) -> None:
        assert lit('"joint headq') == ["joint headq"]

    def test_a_quote_asks_for_these_very_letters(self) -> None:
        assert lit("'ship") == ["ship"]
        assert lit("'kishda") == []

    def test_beginnings_and_ends(self) -> None:
        assert lit("^command") == ["command", "Command"]
        assert lit("ships$") == ["ships"]
        assert lit("^japan$") == ["Japan"]

    def test_not_leaves_out_sentences_and_records(self) -> None:
        assert lit("kishida !forum") == ["Kishida"]
        assert agreements("kishida !forum") == ["a-upgrade"]
        assert "China" not in entities("!china")

    def test_not_alone_lights_no_text(self) -> None:
        assert lit("!china") == []

    def test_either(self) -> None:
        assert lit("china | yokosuka") == ["China", "Yokosuka"]
        assert lit("kishida forum | upgrade") == ["Kishida", "upgrade", "forum", "Kishida"]


class TestFields:
    @pytest.mark.parametrize(
        ("query", "ids"),
        [
            ("party:japan", ["a-headquarters", "a-upgrade"]),
            ("party:japn", ["a-headquarters", "a-upgrade"]),
            ('party:"security consultative committee"', ["a-forum"]),
            ("party:scc", ["a-forum"]),
            ("strength:agreed", ["a-upgrade"]),
            ("strength:>=committed", ["a-upgrade", "a-headquarters"]),
            ("strength:<agreed", ["a-headquarters", "a-forum"]),
            ("by:2025", ["a-headquarters"]),
            ("by:2025-02", []),
            ("by:>2024", ["a-headquarters"]),
            ("domain:command", ["a-upgrade", "a-headquarters"]),
            ("domain:industry", ["a-forum"]),
            ("instrument:dicas", ["a-forum"]),
            ("said:kishida", ["a-forum"]),
            ("has:deadline", ["a-headquarters"]),
            ("has:amount", ["a-forum"]),
            ("!has:deadline", ["a-upgrade", "a-forum"]),
            ("kind:agreement party:japan !strength:agreed", ["a-headquarters"]),
            ("strength:planned | has:deadline", ["a-headquarters", "a-forum"]),
            ("type:body", ["a-forum"]),
            ("party:japan joint", ["a-headquarters"]),
        ],
    )
    def test_narrow_the_agreements(self, query: str, ids: list[str]) -> None:
        assert agreements(query) == ids
        assert not found(query).problems

    def test_ask_of_entities_that_they_take_part(self) -> None:
        assert entities("has:deadline") == ["Japan", "Self-Defense Forces"]
        assert entities("type:unit strength:committed") == ["Self-Defense Forces"]

    @pytest.mark.parametrize(
        ("query", "first"),
        [
            ("party:japan", "Japan"),
            ("party:jap", "Japan"),
            ("party:japn", "Japan"),
            ("party:scc", "Security Consultative Committee"),
            ("instrument:dicas", "Defense Industrial Cooperation Forum"),
        ],
    )
    def test_put_the_entity_that_is_named_first(self, query: str, first: str) -> None:
        assert entities(query)[0] == first
        assert found(query).entities[0].matched_ranges

    def test_light_the_evidence_of_what_they_leave(self) -> None:
        assert lit("has:deadline") == ["Japan’s Self‑Defense Forces will open a joint headquarters by March 2025"]

    def test_light_the_words_in_that_evidence(self) -> None:
        assert lit("party:japan forces") == ["forces", "Forces"]

    def test_light_the_mentions_of_a_type_of_entity(self) -> None:
        assert lit("type:body") == ["Security Consultative Committee", "DICAS"]

    @pytest.mark.parametrize("query", ["strength:strong", "by:soon", "by:2027-13", "party:", "type:xyz", "has:charm"])
    def test_that_make_no_sense_are_passed_over_gently(self, query: str) -> None:
        assert found(query).problems
        assert not found(query).active
        assert lit(f"kishida {query}") == ["Kishida", "Kishida"]


class TestSearching:
    def test_an_empty_query_asks_nothing(self) -> None:
        for query in ("", "  ", "|", "!", "'", '"', "^$", "—"):
            assert not found(query).active

    def test_the_text_can_be_searched_before_there_are_records(self) -> None:
        assert search(SearchIndex.build(TEXT, None), "kishda").text == found("kishda").text

    def test_records_that_stream_in_share_the_text_s_index(self) -> None:
        before = SearchIndex.build(TEXT, None)
        after = before.with_analysis(INDEX.analysis)
        assert after.text is before.text
        assert search(after, "dicsa forum") == found("dicsa forum")

    def test_a_cancelled_search_comes_back_empty(self) -> None:
        given_up = search(INDEX, "kishda", cancelled=lambda: True)
        assert not given_up.active
        assert not given_up.text

    def test_too_many_places_are_told(self) -> None:
        matches = search(SearchIndex.build("peace " * 6_000, None), "peace ")
        assert len(matches.text) == MAX_OCCURRENCES
        assert matches.problems == ("“peace” occurs 6,000 times; 2,000 are highlighted",)

    def test_of_many_sentences_with_all_words_the_first_are_lit_and_that_is_told(self) -> None:
        matches = search(SearchIndex.build("War and peace. Peace now.\n" * 3_000, None), "war peace ")
        assert len(matches.text) == 2 * MAX_OCCURRENCES
        assert matches.text[-1].end <= len("War and peace. Peace now.\n") * MAX_OCCURRENCES
        assert matches.problems == ("only the first 2,000 sentences with all words are highlighted",)

    def test_every_record_with_a_word_matches_though_too_many_places_are_lit(self) -> None:
        names = [f"Ministry of {chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(2_500)]
        matches = search(index_with("\n".join(names), *names), "ministry ")
        assert len({match.record_id for match in matches.entities}) == 2_500
        assert not matches.entities[-1].matched_ranges

    def test_words_that_must_not_be_there_are_looked_for_in_all_the_text(self) -> None:
        text = "Peace is here. " * 3_000 + "Peace is there."
        matches = search(SearchIndex.build(text, None), "peace !here ")
        assert [(hit.start, hit.end) for hit in matches.text] == [(45_000, 45_005)]


class TestRanking:
    def test_name_above_alias_above_body(self) -> None:
        assert entities("defense")[0] == "Self-Defense Forces"
        assert agreements("forum")[0] == "a-forum"

    def test_the_whole_name_comes_first(self) -> None:
        assert entities("japan")[0] == "Japan"

    def test_no_typo_stands_above_what_is_spelt_so(self) -> None:
        for query in ("command", "japan", "forces", "defense", "of", "kishida"):
            rungs = [hit.match_type.rank for hit in sorted(found(query).text, key=lambda hit: -hit.score)]
            assert rungs == sorted(rungs)

    def test_scores_say_how(self) -> None:
        for query in ("japan", "kishda", "scc", "'ship", "Kishida"):
            matches = found(query)
            scored = [(match.score, match.match_type) for match in matches.text]
            scored += [(match.score, match.match_type) for match in (*matches.entities, *matches.agreements)]
            for score, how in scored:
                assert int(score) == len(MatchType) - 1 - how.rank
