using Waymark.Field;
using Waymark.Meetings;

namespace Waymark.Tests.Meetings;

/// <summary>The rules of a meeting; they need no store.</summary>
public sealed class MeetingTests
{
    private static readonly DateOnly Day = new(2016, 10, 12);

    private static Meeting Dunstable(MeetingState state = MeetingState.Scheduled) => new()
    {
        Kind = MeetingKind.Cluster,
        Title = "Dunstable",
        Day = Day,
        Starts = new TimeOnly(13, 30),
        Ends = new TimeOnly(16, 0),
        Round = HalfTerm.Of(Day),
        Uid = Meeting.NewUid(),
        State = state,
    };

    private static Representative Somebody(string name = "Ann Lee", int urn = 109501) => new() { Urn = new SchoolUrn(urn), Name = name, At = DateTime.UnixEpoch, By = SignedInBy.List };

    [Fact]
    public void Moving_a_meeting_tells_the_calendars_and_moving_it_nowhere_does_not()
    {
        var meeting = Dunstable();
        meeting.Move(Day.AddDays(7), meeting.Starts, meeting.Ends, "Grove Theatre", "", meeting.Round).ShouldBeNull();
        meeting.Sequence.ShouldBe(1);
        meeting.Move(meeting.Day, meeting.Starts, meeting.Ends, "Grove Theatre", "", meeting.Round).ShouldBeNull();
        meeting.Sequence.ShouldBe(1);
        meeting.Move(Day, new TimeOnly(16, 0), new TimeOnly(13, 30), "", "", meeting.Round).ShouldBe("The meeting must end after it starts.");
    }

    [Fact]
    public void What_was_held_is_neither_moved_nor_cancelled()
    {
        var meeting = Dunstable(MeetingState.Closed);
        meeting.Move(Day.AddDays(1), meeting.Starts, meeting.Ends, "", "", meeting.Round).ShouldBe("The meeting was held on that day. What was held is not moved.");
        meeting.Cancel("Snow").ShouldBe("The meeting was held. What was held is not cancelled.");
    }

    [Fact]
    public void Cancelling_needs_a_reason_and_shuts_the_door()
    {
        var meeting = Dunstable();
        meeting.Open(Day, "key").ShouldBeNull();
        meeting.Cancel(" ").ShouldBe("Say why it is cancelled.");
        meeting.Cancel("Snow").ShouldBeNull();
        meeting.DoorKey.ShouldBeNull();
        meeting.Sequence.ShouldBe(1);
        meeting.SignIn(Somebody(), out _).ShouldBe("The meeting is cancelled.");
    }

    [Fact]
    public void The_doors_open_on_the_day_and_close_for_good()
    {
        var meeting = Dunstable();
        meeting.Open(Day.AddDays(-1), "key").ShouldBe("The doors open on the day of the meeting, 12 October 2016.");
        meeting.Close(Day.AddDays(-1)).ShouldBe("The meeting is on 12 October 2016. It can be closed when it has been held.");
        meeting.Open(Day, "key").ShouldBeNull();
        meeting.Open(Day, "another").ShouldBeNull();
        meeting.DoorKey.ShouldBe("key", "the code on the wall stays the same");
        meeting.Close(Day).ShouldBeNull();
        meeting.DoorKey.ShouldBeNull();
        meeting.Open(Day, "key").ShouldBe("The meeting is closed. Attendance is corrected in the list.");
    }

    [Fact]
    public void The_same_person_twice_is_one()
    {
        var meeting = Dunstable(MeetingState.Open);
        meeting.SignIn(Somebody(), out var first).ShouldBeNull();
        meeting.SignIn(Somebody("ANN LEE"), out var again).ShouldBeNull();
        meeting.SignIn(Somebody("Bo Hart"), out _).ShouldBeNull();
        again.ShouldBeSameAs(first);
        meeting.Representatives.Count.ShouldBe(2);
        meeting.SignIn(new Representative { Name = "Nobody’s", At = DateTime.UnixEpoch, By = SignedInBy.List }, out _).ShouldBe("Select the school, or enter the organisation.");
    }

    [Theory]
    [InlineData("https://meet.example.org/abc", null)]
    [InlineData("", null)]
    [InlineData("javascript:alert(1)", "The joining link must be an address that begins with https://.")]
    [InlineData("data:text/html,x", "The joining link must be an address that begins with https://.")]
    [InlineData("http://meet.example.org", "The joining link must be an address that begins with https://.")]
    [InlineData("https://user:pass@meet.example.org", "The joining link must be an address that begins with https://.")]
    [Trait("attack", "F06")]
    public void A_joining_link_is_an_ordinary_address(string link, string? rule) => Meeting.CheckLink(link).ShouldBe(rule);

    [Fact]
    public void Minutes_go_from_draft_to_published_and_never_back()
    {
        var (meeting, next) = (Dunstable(MeetingState.Closed), Dunstable(MeetingState.Closed));
        next.Day = Day.AddMonths(3);
        meeting.MinutesBecome(MinutesState.Circulated).ShouldBe("Nothing is minuted yet.");
        meeting.Items.Add(new AgendaItem { Position = 1, Title = "Priorities", Purpose = Purpose.ToDecide, Minutes = 30, Decision = "Three." });
        meeting.MinutesBecome(MinutesState.Agreed, next).ShouldBe("Minutes are agreed after they were circulated.");
        meeting.MinutesBecome(MinutesState.Circulated).ShouldBeNull();
        meeting.MinutesBecome(MinutesState.Corrected).ShouldBeNull();
        meeting.MinutesBecome(MinutesState.Agreed, Dunstable(MeetingState.Closed)).ShouldBe("Minutes are agreed at a later meeting that was held.");
        meeting.MinutesBecome(MinutesState.Published).ShouldBe("Only agreed minutes are published.");
        meeting.MinutesBecome(MinutesState.Agreed, next).ShouldBeNull();
        meeting.MayMinute.ShouldBe("The minutes are agreed. What was agreed stays.");
        meeting.MinutesBecome(MinutesState.Published).ShouldBeNull();
        meeting.MinutesBecome(MinutesState.Draft).ShouldBe("What was circulated is not a draft again. Correct it.");
    }

    [Fact]
    public void A_letter_is_answered_with_a_reason_on_or_after_its_day()
    {
        var letter = new Letter { MeetingId = 1, Urn = new SchoolUrn(109501), Round = HalfTerm.Of(Day), IssuedOn = new DateOnly(2016, 10, 31) };
        letter.Answer(AbsenceReason.NotAnswered, "", Day).ShouldBe("Select the reason.");
        letter.Answer(AbsenceReason.Other, "", new DateOnly(2016, 11, 1)).ShouldBe("Say what the reason was.");
        letter.Answer(AbsenceReason.NoCover, "", Day).ShouldBe("It cannot have answered before 31 October 2016, when the letter was written.");
        letter.Answer(AbsenceReason.NoCover, "", new DateOnly(2016, 11, 1)).ShouldBeNull();
    }

    [Fact]
    public void An_answer_to_an_earlier_invitation_changes_nothing()
    {
        var meeting = Dunstable();
        var invitee = new Invitee { MeetingId = 1, Email = "ann.lee@example.org" };
        meeting.Move(Day.AddDays(1), meeting.Starts, meeting.Ends, "", "", meeting.Round);
        invitee.Answer(Reply.Accepted, 0, new DateTime(2016, 9, 1, 0, 0, 0, DateTimeKind.Utc), meeting).ShouldBe("The answer is to an earlier invitation.");
        invitee.Reply.ShouldBe(Reply.None);
        invitee.Answer(Reply.Declined, 1, new DateTime(2016, 9, 2, 0, 0, 0, DateTimeKind.Utc), meeting).ShouldBeNull();
        invitee.Answer(Reply.Accepted, 1, new DateTime(2016, 9, 1, 0, 0, 0, DateTimeKind.Utc), meeting).ShouldBe("A later answer is here already.");
        invitee.Reply.ShouldBe(Reply.Declined);
    }

    [Fact]
    public void A_meeting_after_the_clocks_change_is_an_hour_later_in_utc()
    {
        Dunstable().StartsUtc.ShouldBe(new DateTime(2016, 10, 12, 12, 30, 0, DateTimeKind.Utc));
        var winter = Dunstable();
        winter.Day = new DateOnly(2016, 10, 31);
        winter.StartsUtc.ShouldBe(new DateTime(2016, 10, 31, 13, 30, 0, DateTimeKind.Utc));
    }
}
