"""Matches of each kind of query in the text and in the records."""

from __future__ import annotations

import pytest

from alliance_tui.records import EntityType
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import MatchType
from alliance_tui.search.matching.reading_matcher import MAX_OCCURRENCES
from tests.support.sample_index import INDEX, TEXT, agreement_ids, entity_names, index_with, matched_text, matches_of


class TestWords:
    def test_a_word_is_found_in_text_and_records(self) -> None:
        assert matched_text("kishida") == ["Kishida", "Kishida"]
        assert entity_names("kishida") == ["Fumio Kishida"]
        assert agreement_ids("kishida") == ["a-upgrade", "a-forum"]

    def test_a_prefix_matches_the_typed_letters_only(self) -> None:
        assert matched_text("kish") == ["Kish", "Kish"]
        assert matched_text("warsh") == ["Warsh"]

    def test_no_word_begins_with_a_finished_one(self) -> None:
        assert matched_text("commander ") == ["Commanders"], "its plural"
        assert matched_text("head ") == []
        assert matched_text("head") == ["head"]

    def test_nothing_begins_with_a_word_that_occurs_or_is_a_name(self) -> None:
        assert "Japanese" not in matched_text('"japan"')
        index = SearchIndex.build("The air force aims to air it. An airport.", None)
        assert len(search(index, "air").text) == 2

    def test_whole_words_score_above_prefixes(self) -> None:
        best = max(matches_of("japan").text, key=lambda hit: hit.score)
        assert (TEXT[best.start : best.end], best.match_type) == ("Japan", MatchType.WORD)
        assert [hit.match_type for hit in matches_of("japan").text] == [MatchType.WORD, MatchType.NAME]

    def test_every_word_must_occur_in_the_sentence(self) -> None:
        assert matched_text("kishida forum") == ["forum", "Kishida"]

    def test_or_else_in_the_paragraph(self) -> None:
        assert matched_text("kishida yokosuka") == ["Kishida", "Yokosuka"]

    def test_or_else_the_place_with_the_rarest_of_them(self) -> None:
        matches = matches_of("kishida china")
        assert matches.is_nearest
        assert matched_text("kishida china") == ["China"]
        assert matches.relaxation == "no passage has all words; showing the nearest"

    def test_a_word_that_does_not_occur_is_named_and_left_out(self) -> None:
        matches = matches_of("kishida lawsuit")
        assert matches.missing == ("lawsuit",)
        assert matched_text("kishida lawsuit") == ["Kishida", "Kishida"]
        assert matches.relaxation == "no “lawsuit” here; showing “kishida”"
        assert matches_of("lawsuit").missing == ("lawsuit",)
        assert matches_of("it wasn't, wharf?").missing == ("wasn't", "wharf")

    def test_a_name_is_found_in_either_order(self) -> None:
        assert entity_names("kishida fumio") == ["Fumio Kishida"]
        assert matched_text("kishida fumio") == ["Fumio Kishida"]

    def test_function_words_match_only_next_to_other_words(self) -> None:
        assert matched_text("upgrade command and") == ["upgrade", "command", "and"]

    def test_function_words_of_the_next_sentence_are_not_adjacent(self) -> None:
        text = "It is under command. And control is another matter."
        assert [text[hit.start : hit.end] for hit in search(SearchIndex.build(text, None), "command and ").text] == [
            "command"
        ]

    def test_a_repeated_word_counts_once(self) -> None:
        assert matches_of("kishida kishida ").text == matches_of("kishida ").text

    def test_a_function_word_alone_matches_everywhere(self) -> None:
        assert matched_text("of ") == ["of"] * TEXT.split().count("of")

    def test_typed_capitals_must_match(self) -> None:
        assert matched_text("US") == ["U.S."]
        assert matched_text("us ") == ["U.S.", "us"]

    def test_typed_capitals_that_occur_nowhere_are_ignored(self) -> None:
        assert matched_text("KISHIDA") == ["Kishida", "Kishida"]


class TestFolding:
    @pytest.mark.parametrize(
        ("query", "there"),
        [
            ("self-defense", "Self‑Defense"),
            ("self defense", "Self‑Defense"),
            ("sao tome", "São"),
            ("official", "oﬃcial"),
            ("forum", "ＦＯＲＵＭ"),
            ("u.s.", "U.S."),
            ("japan's", "Japan"),
        ],
    )
    def test_spellings_of_the_same_word_match(self, query: str, there: str) -> None:
        assert there in matched_text(query)

    def test_a_prefix_that_ends_in_a_ligature_matches_the_ligature(self) -> None:
        assert matched_text("^off") == ["oﬃ"]


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
    def test_a_misspelt_word_matches_the_intended_word_only(self, query: str, there: str) -> None:
        assert set(matched_text(query)) == {there}
        assert {hit.match_type for hit in matches_of(query).text} <= {MatchType.TYPO, MatchType.ROMANISED}

    def test_a_misspelt_word_among_others(self) -> None:
        assert matched_text("comand and control") == ["command", "and", "control"]
        assert matched_text("command and control") == ["command and control"]
        assert agreement_ids("comand and control") == ["a-upgrade", "a-headquarters"]

    def test_a_misspelt_word_while_it_is_typed(self) -> None:
        assert matched_text("yokasu") == ["Yokosu"]

    def test_short_words_are_never_misspelt(self) -> None:
        assert matched_text("jeo") == []

    def test_numbers_are_never_misspelt(self) -> None:
        index = SearchIndex.build("In 2024 and 12534.", None)
        for number in ("2042", "12543", "2o24"):
            assert not search(index, number).text

    @pytest.mark.parametrize(
        "query", ["jooe biden", "joe bden", "fumio kishid ", "zoe biden", "joebiden", "self defence forces"]
    )
    def test_a_name_one_edit_away_is_found_whatever_word_the_edit_is_in(self, query: str) -> None:
        assert len(entity_names(query)) == 1
        assert matched_text(query)

    def test_no_misspelling_is_looked_for_if_the_text_has_the_word(self) -> None:
        assert set(matched_text("forces")) == {"forces", "Forces"}

    def test_a_word_of_the_records_only_matches_its_spelling_variant_in_the_text(self) -> None:
        assert "Defense" in matched_text("defence")
        assert "Defense Ministry" in matched_text("defence ministry")
        assert entity_names("defence ministry") == ["Ministry of Defense"]
        assert [match.match_type for match in matches_of("defence").agreements] == [MatchType.EXACT, MatchType.SPELLING]

    def test_a_word_that_does_not_occur_has_no_match(self) -> None:
        for word in ("ukraine", "treaty", "climate", "missiles", "budget"):
            assert matched_text(word) == []

    def test_compounds_and_their_parts(self) -> None:
        assert matched_text("selfdefense") == ["Self‑Defense"]
        assert "Aircraft" in matched_text("air craft")
        assert matched_text("co-operation") == ["cooperation"]


class TestAcronyms:
    def test_of_a_phrase_in_the_text(self) -> None:
        assert matched_text("scc") == ["Security Consultative Committee"]
        assert entity_names("scc") == ["Security Consultative Committee"]

    def test_initials_of_function_words_are_optional(self) -> None:
        assert matched_text("mod") == matched_text("md") == ["Ministry of Defense", "Defense Ministry"]
        assert matches_of("mod").entities[0].match_type is MatchType.ACRONYM

    def test_match_mentions_of_an_entity_whose_long_form_is_not_in_the_text(self) -> None:
        assert matched_text("dicf") == ["DICAS"]

    @pytest.mark.parametrize(
        ("text", "names", "query"),
        [
            ("The Committee on Peace, and Australia, agreed.", ("Committee on Peace", "Australia"), "cpa"),
            ("The Financial Action Task Force met.", ("Financial Action Task Force",), "atf"),
            (
                "The National Institute of Standards and Technology met.",
                ("National Institute of Standards and Technology",),
                "nis",
            ),
            ("President Yoon Suk Yeol of the Republic of Korea spoke.", ("Yoon Suk Yeol", "Republic of Korea"), "york"),
        ],
    )
    def test_never_match_a_part_of_a_name_or_several_names(self, text: str, names: tuple[str, ...], query: str) -> None:
        assert search(index_with(text, *names), query).text == ()

    @pytest.mark.parametrize(
        ("text", "name", "query", "there"),
        [
            ("The U.S. Bureau of Levees paid.", "U.S. Bureau of Levees", "bol", "U.S. Bureau of Levees"),
            (
                "The Indo-Pacific Economic Framework for Prosperity.",
                "Indo-Pacific Economic Framework for Prosperity",
                "ipef",
                "Indo-Pacific Economic Framework for Prosperity",
            ),
            (
                "The Asia-Pacific Economic Cooperation met.",
                "Asia-Pacific Economic Cooperation",
                "apec",
                "Asia-Pacific Economic Cooperation",
            ),
        ],
    )
    def test_may_leave_out_possessor_and_purpose(self, text: str, name: str, query: str, there: str) -> None:
        assert [text[hit.start : hit.end] for hit in search(index_with(text, name), query).text] == [there]

    def test_are_never_common_words(self) -> None:
        index = SearchIndex.build("The aid reached the Asian Institute of Design. Aid is aid.", None)
        assert {hit.match_type for hit in search(index, "aid ").text} == {MatchType.WORD, MatchType.EXACT}


NEWS = (
    "Norland pledged $6 million on October 7, 2023, for 16 ships. The fund of 6 million euros has 2% more. "
    "By 2030 two percent of the fleet and 1,000 sailors need 1.5C. Six nations have 60 million people."
)


class TestValues:
    @pytest.mark.parametrize(
        ("query", "matched"),
        [
            ("$6m", ["$6 million"]),
            ("6m", ["$6 million", "6 million euros"]),
            ("$6 million", ["$6 million"]),
            ("6 million euros", ["6 million euros"]),
            ("eur 6m", ["6 million euros"]),
            ("6m eur", ["6 million euros"]),
            ("2%", ["2%", "two percent"]),
            ("two percent", ["2%", "two percent"]),
            ("1000", ["1,000"]),
            ("1.5", ["1.5C"]),
            ("2030", ["2030"]),
            ("2023-10-07", ["October 7, 2023"]),
            ("7.10.2023", ["October 7, 2023"]),
            ("october 7", ["October 7, 2023"]),
            ("6", ["Six"]),
            ("16 ships", ["16", "ships"]),
            ("20", []),
        ],
    )
    def test_numbers_money_and_dates_match_by_worth(self, query: str, matched: list[str]) -> None:
        found = search(SearchIndex.build(NEWS, None), query).text
        assert [NEWS[each.start : each.end] for each in found] == matched

    def test_a_code_of_a_currency_in_small_letters_is_the_word_where_it_is_one(self) -> None:
        text = "Crews will try 6 boats. The cop saw 28 ships."
        for query, words in (("try 6", ["try", "6"]), ("cop 28", ["cop", "28"])):
            found = search(SearchIndex.build(text, None), query).text
            assert [text[each.start : each.end] for each in found] == words

    def test_what_is_typed_so_ranks_above_the_same_value_in_other_words(self) -> None:
        found = search(SearchIndex.build(NEWS, None), "2%").text
        assert [each.match_type for each in found] == [MatchType.WORD, MatchType.VALUE]

    def test_a_number_matches_inside_a_compound_as_a_word(self) -> None:
        text = "The F-16 flew. Article 5 applies. On 7 October the 5G plan came."
        index = SearchIndex.build(text, None)
        matched = {q: [text[m.start : m.end] for m in search(index, q).text] for q in ("f-16", "16", "5", "7", "5g")}
        assert matched == {"f-16": ["F-16"], "16": ["16"], "5": ["5"], "7": ["7"], "5g": ["5G"]}

    def test_values_are_found_in_records(self) -> None:
        assert agreement_ids("$2.9bn") == agreement_ids('"2.9 billion"')


class TestNames:
    @pytest.mark.parametrize(
        ("names", "query", "matched"),
        [
            (("Dmytro Kuleba", "Dmytro Kovalenko"), "dmitri kuleba", ["Dmytro Kuleba"]),
            (("Sergey Lavrov", "Sergei Shoigu"), "sergei lavrov", ["Sergey Lavrov"]),
            (("Volodymyr Zelensky",), "selenskyj", ["Zelensky"]),
            (("Khalifa Haftar",), "hifter", ["Haftar"]),
            (("William J. Burns", "William Hague"), "bill burns", ["William J. Burns"]),
            (("Yoon Suk Yeol",), "yun seok-yeol", ["Yoon Suk Yeol"]),
            (("Deng Xiaoping",), "teng hsiao-p'ing", ["Deng Xiaoping"]),
            (("Ferdinand Marcos Jr.", "Marco Rubio"), "bongbong marcos", ["Ferdinand Marcos Jr"]),
            (("Oleksii Reznikov",), "oleksandr reznikov", ["Reznikov"]),
            (("Sergei Ivanov",), "ivanova", []),
            (("Benjamin Netanyahu", "Benjamin Franklin"), "bibi", ["Benjamin Netanyahu"]),
            (("Mohammed bin Zayed Al Nahyan", "Mohammed bin Salman"), "mbz", ["Mohammed bin Zayed Al Nahyan"]),
            (("Mohammed bin Zayed Al Nahyan", "Mohammed bin Salman"), "mbs", ["Mohammed bin Salman"]),
            (("Kim Jong Un",), "kim yong nam", ["Kim"]),
        ],
    )
    def test_people_are_found_by_other_spellings(self, names: tuple[str, ...], query: str, matched: list[str]) -> None:
        index = index_with(" ".join(f"Then {name} spoke." for name in names), *names, type_=EntityType.PERSON)
        text = index.text.strings[0]
        assert [text[each.start : each.end] for each in search(index, query).text] == matched

    @pytest.mark.parametrize(
        ("query", "place"), [("bombay", "Mumbai"), ("pusan", "Busan"), ("kiev", "Kyiv"), ("ceylon", "Sri Lanka")]
    )
    def test_places_are_found_by_other_names(self, query: str, place: str) -> None:
        text = f"They met in {place} on Monday."
        (match,) = search(SearchIndex.build(text, None), query).text
        assert (text[match.start : match.end], match.match_type) == (place, MatchType.NAME)

    def test_another_spelling_says_so_and_a_short_form_counts_as_another_name(self) -> None:
        names = ("Dmytro Kuleba", "William J. Burns")
        index = index_with(" ".join(f"Then {name} spoke." for name in names), *names, type_=EntityType.PERSON)
        for query, match_type in (("dmitri kuleba", MatchType.ROMANISED), ("bill burns", MatchType.NAME)):
            assert {match.match_type for match in search(index, query).text} == {match_type}


class TestOperators:
    def test_a_phrase_is_adjacent_whole_words(self) -> None:
        assert matched_text('"joint headquarters"') == ["joint headquarters"]
        assert matched_text('"joint head" ') == []
        assert matched_text('"headquarters joint" ') == []

    def test_a_phrase_ends_with_its_sentence(self) -> None:
        assert matched_text('"2025 china"') == []

    def test_the_last_word_of_an_open_phrase_may_be_incomplete(self) -> None:
        assert matched_text('"joint headq') == ["joint headq"]

    def test_a_quote_matches_exactly_these_letters(self) -> None:
        assert matched_text("'ship") == ["ship"]
        assert matched_text("'kishda") == []

    def test_prefix_and_suffix(self) -> None:
        assert matched_text("^command") == ["command", "Command"]
        assert matched_text("ships$") == ["ships"]
        assert matched_text("^japan$") == ["Japan"]

    def test_a_negation_excludes_sentences_and_records(self) -> None:
        assert matched_text("kishida !forum") == ["Kishida"]
        assert agreement_ids("kishida !forum") == ["a-upgrade"]
        assert "China" not in entity_names("!china")

    def test_a_negation_alone_matches_no_text(self) -> None:
        assert matched_text("!china") == []

    def test_alternatives(self) -> None:
        assert matched_text("china | yokosuka") == ["China", "Yokosuka"]
        assert matched_text("kishida forum | upgrade") == ["Kishida", "upgrade", "forum", "Kishida"]


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
            ("amount:2", ["a-forum"]),
            ("amount:1..3", ["a-forum"]),
            ("amount:>2", []),
            ("amount:$2", []),
            ("due:2025", ["a-headquarters"]),
            ('due:"march 2025"', ["a-headquarters"]),
            ("due:2025..2027", ["a-headquarters"]),
            ("due:..2024", []),
            ("!has:deadline", ["a-upgrade", "a-forum"]),
            ("kind:agreement party:japan !strength:agreed", ["a-headquarters"]),
            ("strength:planned | has:deadline", ["a-headquarters", "a-forum"]),
            ("type:body", ["a-forum"]),
            ("party:japan joint", ["a-headquarters"]),
        ],
    )
    def test_narrow_the_agreements(self, query: str, ids: list[str]) -> None:
        assert agreement_ids(query) == ids
        assert not matches_of(query).problems

    def test_keep_the_entities_that_take_part(self) -> None:
        assert entity_names("has:deadline") == ["Japan", "Self-Defense Forces"]
        assert entity_names("type:unit strength:committed") == ["Self-Defense Forces"]

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
    def test_rank_the_named_entity_first(self, query: str, first: str) -> None:
        assert entity_names(query)[0] == first
        assert matches_of(query).entities[0].matched_ranges

    def test_match_the_evidence_of_the_matching_agreements(self) -> None:
        assert matched_text("has:deadline") == [
            "Japan’s Self‑Defense Forces will open a joint headquarters by March 2025"
        ]

    def test_match_the_words_in_that_evidence(self) -> None:
        assert matched_text("party:japan forces") == ["forces", "Forces"]

    def test_match_the_mentions_of_entities_of_a_type(self) -> None:
        assert matched_text("type:body") == ["Security Consultative Committee", "DICAS"]

    @pytest.mark.parametrize("query", ["strength:strong", "by:soon", "by:2027-13", "party:", "type:xyz", "has:charm"])
    def test_with_invalid_values_are_ignored_and_reported(self, query: str) -> None:
        assert matches_of(query).problems
        assert not matches_of(query).active
        assert matched_text(f"kishida {query}") == ["Kishida", "Kishida"]


class TestSearching:
    def test_an_empty_query_is_inactive(self) -> None:
        for query in ("", "  ", "|", "!", "'", '"', "^$", "—"):
            assert not matches_of(query).active

    def test_the_text_can_be_searched_before_there_are_records(self) -> None:
        assert search(SearchIndex.build(TEXT, None), "kishda").text == matches_of("kishda").text

    def test_records_that_stream_in_share_the_text_s_index(self) -> None:
        before = SearchIndex.build(TEXT, None)
        after = before.with_analysis(INDEX.analysis)
        assert after.text is before.text
        assert search(after, "dicsa forum") == matches_of("dicsa forum")

    def test_a_cancelled_search_returns_nothing(self) -> None:
        cancelled = search(INDEX, "kishda", cancelled=lambda: True)
        assert not cancelled.active
        assert not cancelled.text

    def test_too_many_occurrences_are_reported(self) -> None:
        matches = search(SearchIndex.build("peace " * 6_000, None), "peace ")
        assert len(matches.text) == MAX_OCCURRENCES
        assert matches.problems == ("“peace” occurs 6,000 times; 2,000 are highlighted",)

    def test_too_many_matching_sentences_are_truncated_and_reported(self) -> None:
        matches = search(SearchIndex.build("War and peace. Peace now.\n" * 3_000, None), "war peace ")
        assert len(matches.text) == 2 * MAX_OCCURRENCES
        assert matches.text[-1].end <= len("War and peace. Peace now.\n") * MAX_OCCURRENCES
        assert matches.problems == ("only the first 2,000 sentences with all words are highlighted",)

    def test_every_record_with_a_word_matches_despite_truncation(self) -> None:
        names = [f"Ministry of {chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(2_500)]
        matches = search(index_with("\n".join(names), *names), "ministry ")
        assert len({match.record_id for match in matches.entities}) == 2_500
        assert not matches.entities[-1].matched_ranges

    def test_negated_words_are_looked_for_in_the_whole_text(self) -> None:
        text = "Peace is here. " * 3_000 + "Peace is there."
        matches = search(SearchIndex.build(text, None), "peace !here ")
        assert [(hit.start, hit.end) for hit in matches.text] == [(45_000, 45_005)]


class TestRanking:
    def test_name_above_alias_above_body(self) -> None:
        assert entity_names("defense")[0] == "Self-Defense Forces"
        assert agreement_ids("forum")[0] == "a-forum"

    def test_the_whole_name_comes_first(self) -> None:
        assert entity_names("japan")[0] == "Japan"

    def test_no_typo_ranks_above_a_correct_spelling(self) -> None:
        for query in ("command", "japan", "forces", "defense", "of", "kishida"):
            ranks = [hit.match_type.rank for hit in sorted(matches_of(query).text, key=lambda hit: -hit.score)]
            assert ranks == sorted(ranks)

    def test_a_score_gives_the_match_type(self) -> None:
        for query in ("japan", "kishda", "scc", "'ship", "Kishida"):
            matches = matches_of(query)
            scored = [(match.score, match.match_type) for match in matches.text]
            scored += [(match.score, match.match_type) for match in (*matches.entities, *matches.agreements)]
            for score, match_type in scored:
                assert int(score) == len(MatchType) - 1 - match_type.rank
