"""What the words of an agreement say of its status: that it goes on, is not done yet, that its date is a start."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from alliance_tui.linking.status_words import StatusWords, status_words
from alliance_tui.records import Agreement, Deadline, Document, Kind, Strength


def agreement(text: str, trigger: str, strength: Strength = Strength.COMMITTED, due: str = "") -> Agreement:
    """An agreement of all the text, with the trigger and the words of the deadline that it has."""
    document = Document.from_text(text, title=text)
    start = text.index(trigger)
    evidence = document.span(0, len(text))
    span = document.span(text.index(due), text.index(due) + len(due)) if due else None
    return Agreement(
        id="r1",
        kind=Kind.AGREEMENT,
        title=text,
        evidence=evidence,
        trigger=document.span(start, start + len(trigger)),
        rule="given",
        strength=strength,
        deadline=Deadline("2030", span) if span else None,
    )


@pytest.mark.parametrize(
    ("text", "trigger", "progress"),
    [
        ("They will continue to provide radars", "provide", "continue to"),
        ("Norland continues to effectively manage the strait", "manage", "continues to"),
        ("The radars are being built in Eskby", "built", "are being"),
        ("The building of six radars in Eskby is under way", "building", "under way"),
        ("The building of six radars has begun", "building", "has begun"),
        ("Norland intends to hold the pirates to account for ongoing thefts", "hold", ""),
        ("They are in ongoing talks on radars", "talks", "ongoing"),
        ("They will work with mayors, and the minister will continue to praise that", "work", ""),
        ("They will ensure that the fleet of the whole strait continues to manage", "ensure", ""),
        ("They will find ways in which Eskby can continue providing pilots", "providing", ""),
        ("Norland commits to a regular, ongoing review of its radars", "review", ""),
    ],
)
def test_it_goes_on_where_that_is_said_of_the_trigger(text: str, trigger: str, progress: str) -> None:
    assert status_words(agreement(text, trigger)).progress == progress


@pytest.mark.parametrize(
    ("text", "trigger", "is_done"),
    [
        ("Norland has delivered six radars", "delivered", True),
        ("Norland delivered six radars", "delivered", True),
        ("Six radars have been delivered", "delivered", True),
        ("Six radars were delivered", "delivered", True),
        ("The Medal of the Strait is awarded to sailors", "awarded", False),
        ("The first delivery will be arriving next week", "arriving", False),
        ("$7 million is being awarded to sailors", "awarded", False),
        ("They welcomed the completion of the talks", "completion", True),
        ("Norland announced the release of a million barrels", "release", False),
        ("Norland has announced the largest release of oil", "release", False),
        ("They will talk when Norland has delivered six radars", "delivered", False),
        ("has delivered six radars", "delivered", False),
        ("The radars shall be delivered", "delivered", False),
        ("The order compels the transfer of the radars", "transfer", False),
        ("They achieved a breakthrough agreement to buy radars", "achieved", False),
        ("They achieved the agreement of all pilots", "achieved", True),
        ("Norland delivered radars to guard the strait", "delivered", True),
    ],
)
def test_what_is_completed_is_told_as_done(text: str, trigger: str, is_done: bool) -> None:
    assert status_words(agreement(text, trigger, Strength.COMPLETED)).is_done is is_done


@pytest.mark.parametrize(
    ("text", "trigger", "due", "is_limit"),
    [
        ("Norland will deliver six radars by 2030", "deliver", "by 2030", True),
        ("Norland will deliver six radars in 2030", "deliver", "2030", True),
        ("Norland will lower its fees from 2030", "lower", "2030", False),
        ("Norland will lower its fees beginning in 2030", "lower", "in 2030", False),
        ("They will be notified on or after 2030", "notified", "2030", False),
        ("Norland will apply the Safe Straits Act of 2030", "apply", "2030", False),
        ("Norland’s queen does proclaim 2030 the Year of the Owl", "proclaim", "2030", False),
        ("Norland will extend the ceasefire until 2030", "extend", "2030", False),
        ("Norland will keep its patrols through 2030", "keep", "2030", False),
        ("Norland will not raise its fees in 2030", "raise", "2030", False),
        ("Norland won’t raise its fees in 2030", "raise", "2030", False),
        ("The ceasefire was scheduled to expire in 2030", "expire", "2030", False),
        ("Norland will publish its 2030 budget", "publish", "2030", False),
        ("Norland will host the 2030 Summit of the Straits", "host", "2030", False),
        ("Norland’s FY 30 budget request includes six radars", "includes", "FY 30", False),
        ("Norland announced six million crowns for 2030", "announced", "2030", False),
        ("The fees shall take effect on 1 May 2030", "take", "1 May 2030", False),
        ("The Sky Pact enters into force in 2030", "enters", "2030", False),
        ("Norland will use the samples gathered in 2030", "use", "2030", False),
        ("Norland will step up aid at the talks to be held in Eskby on 1 May 2030", "step", "1 May 2030", False),
        ("They will work towards a Harbour Conference in 2030", "work", "2030", False),
        ("They will work towards a Harbour Conference by 2030", "work", "by 2030", True),
        ("They will work towards a new harbour in 2030", "work", "2030", True),
        ("They will train pilots for the summit in 2030", "train", "2030", False),
        ("Radars to be delivered in 2030 will guard the strait", "guard", "2030", True),
        ("Norland will have its radars ready to be delivered in 2030", "have", "2030", True),
        ("The radars will stay in use after the treaty ends on 1 May 2030", "stay", "1 May 2030", False),
        ("Norland will continue to train pilots in 2030", "train", "2030", False),
        ("Norland will continue to train pilots, and 60 by 2030", "train", "by 2030", True),
        ("Pilots will sail throughout May 2030", "sail", "May 2030", False),
        ("In May 2030, the ministry announced that it is buying radars", "buying", "May 2030", False),
        ("In May 2030, the ministry will publish what it announced", "publish", "May 2030", True),
        ("In May 2030, the United Ports will publish a plan", "publish", "May 2030", True),
        ("By May 2030, as they agreed, the ports plan to publish a plan", "publish", "May 2030", True),
        ("Norland will spend six million crowns for Westmark in 2030", "spend", "2030", True),
    ],
)
def test_a_deadline_is_a_limit_unless_something_begins_then(text: str, trigger: str, due: str, is_limit: bool) -> None:
    assert status_words(agreement(text, trigger, due=due)).is_limit is is_limit


@pytest.mark.parametrize(
    ("text", "trigger", "due", "is_engagement"),
    [
        ("Norland will host the Straits Summit in June 2030", "host", "June 2030", True),
        ("Norland will host the Straits Summit by June 2030", "host", "June 2030", False),
        ("The queen looks forward to visiting Eskby in 2030", "visiting", "2030", True),
        ("There will be a ministerial in Eskby in 2030", "be", "2030", True),
        ("There will be six radars in Eskby in 2030", "be", "2030", False),
        ("The next meeting of the council will be held on 1 May 2030", "held", "1 May 2030", True),
        ("The queen will bring together the mayors in May 2030", "bring", "May 2030", True),
        ("The queen will bring radars in May 2030", "bring", "May 2030", False),
        ("They will speak at the talks hosted by Westmark in May 2030", "speak", "May 2030", True),
        ("They will speak before the end of May 2030", "speak", "May 2030", False),
        ("They will speak no later than May 2030", "speak", "no later than May 2030", False),
        ("Norland plans a national meeting for May 2030", "meeting", "May 2030", True),
        ("Norland will deliver radars in 2030", "deliver", "2030", False),
    ],
)
def test_a_meeting_on_a_date_is_an_engagement(text: str, trigger: str, due: str, is_engagement: bool) -> None:
    assert status_words(agreement(text, trigger, due=due)).is_engagement is is_engagement


@pytest.mark.parametrize(
    ("text", "trigger", "is_act", "progress"),
    [
        ("Norland released a guide for pilots", "released", True, ""),
        ("Norland has rescinded the strait fees", "rescinded", True, ""),
        ("The ministry issued new guidance", "guidance", True, ""),
        ("Norland finalized a deal to buy six radars", "finalized", False, ""),
        ("Norland finalized a deal on six radars", "finalized", True, ""),
        ("Norland appointed an envoy to the strait", "appointed", True, ""),
        ("The ministry announced expanded support", "support", False, ""),
        ("The ministry issued an order to review fees", "review", False, ""),
        ("The guide will be released", "released", False, ""),
        ("They agreed to have six radars built", "built", False, ""),
        ("Norland launched the Straits Partnership", "launched", False, "launched"),
        ("Westmark rolled out a programme for pilots", "rolled", False, "rolled out"),
        ("Westmark is launching a programme for pilots", "launching", False, ""),
        ("They agreed on the Straits Partnership", "agreed", False, ""),
    ],
)
def test_an_act_that_is_told_in_the_past_is_done_or_begun(text: str, trigger: str, is_act: bool, progress: str) -> None:
    words = status_words(agreement(text, trigger, Strength.AGREED))
    assert (words.is_act, words.progress) == (is_act, progress)


def test_what_is_only_promised_is_no_act() -> None:
    assert not status_words(agreement("Norland released a guide", "released", Strength.COMMITTED)).is_act


def test_what_has_happened_at_a_date_does_not_fall_due_then() -> None:
    signed = replace(agreement("Norland signed the Sky Pact in 2030", "signed", due="2030"), strength=Strength.AGREED)
    assert not status_words(signed).is_limit
    bought = agreement("Norland has agreed to buy six radars in 2030", "buy", due="2030")
    assert status_words(replace(bought, strength=Strength.AGREED)).is_limit
    built = agreement("They agreed to have six radars built by 2030", "built", due="2030")
    assert status_words(replace(built, strength=Strength.AGREED)).is_limit


@pytest.mark.parametrize(
    ("text", "cue", "progress"),
    [
        ("Norland will continue its patrols of the strait", "continue", "continue"),
        ("Norland reaffirms its patrols of the strait", "reaffirms", ""),
    ],
)
def test_what_continues_goes_on_and_what_is_reaffirmed_is_stated_again(text: str, cue: str, progress: str) -> None:
    patrols = agreement(text, "patrols")
    start = text.index(cue)
    cues = (Document.from_text(text, title=text).span(start, start + len(cue)),)
    assert status_words(replace(patrols, cues=cues, reaffirms=True)).progress == progress


def test_what_a_document_of_careers_says_to_be_completed_is_not_delivered() -> None:
    elected = agreement("Vik was elected a member of the council", "elected", Strength.COMPLETED)
    assert status_words(elected).is_done
    assert not status_words(elected, tells_careers=True).is_done
    hired = agreement("The council hired Vik", "hired", Strength.AGREED)
    assert status_words(hired).is_act
    assert not status_words(hired, tells_careers=True).is_act


def test_what_a_person_completed_is_not_delivered() -> None:
    studies = replace(agreement("She completed her studies", "completed", Strength.COMPLETED), parties=("Ada Vik",))
    assert not status_words(studies, {"Ada Vik"}).is_done
    assert status_words(studies, {"Bo Ek"}).is_done


def test_most_agreements_say_nothing_of_it() -> None:
    assert status_words(agreement("Norland will deliver six radars", "deliver")) == StatusWords()
    exploring = agreement("Norland considers delivering six radars", "delivering")
    assert status_words(replace(exploring, strength=Strength.EXPLORED)) == StatusWords()
