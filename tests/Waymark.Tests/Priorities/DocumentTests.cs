using System.Net;
using Waymark.Field;
using Waymark.Priorities;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Priorities;

public sealed class DocumentTests
{
    private static readonly DateOnly Today = new(2016, 12, 16);

    [Fact]
    public void A_version_is_approved_once_what_was_said_is_answered()
    {
        var version = new DocumentVersion { DocumentId = 1, Number = 1 };
        version.Approve(Today, "The board", Today, 0, 0, 0).ShouldBe("There is nothing in it yet.");
        version.Consult(Today, Today, 3, 0).ShouldBe("Write the questions first.");
        version.Consult(Today, Today.AddDays(-1), 3, 1).ShouldBe("The last day must be the same as or after the first.");
        version.Consult(Today, Today.AddDays(7), 3, 1).ShouldBeNull();
        version.TakesAnswers(Today.AddDays(7)).ShouldBeTrue();
        version.TakesAnswers(Today.AddDays(8)).ShouldBeFalse();
        version.Approve(Today, "The board", Today, 3, 5, 0).ShouldBe("Its consultation runs until 23 December 2016.");
        version.Approve(Today, "The board", Today.AddDays(8), 3, 5, 0).ShouldBe("Say first what was done because of the answers.");
        version.Approve(Today.AddDays(9), "The board", Today.AddDays(8), 3, 5, 1).ShouldBe("The day of approval must not lie ahead.");
        version.Approve(Today, " ", Today.AddDays(8), 3, 5, 1).ShouldBe("Enter who approved it.");
        version.Approve(Today, "The board", Today.AddDays(8), 3, 5, 1).ShouldBeNull();
        version.Approve(Today, "The board", Today.AddDays(8), 3, 5, 1).ShouldBe("It is approved already.");
    }

    [Fact]
    public void Two_texts_are_compared_word_by_word()
    {
        WordDifference.Of("Every child is taught well", "Every child is taught very well here").ShouldBe([(Kept.Both, "Every child is taught"), (Kept.Second, "very"), (Kept.Both, "well"), (Kept.Second, "here")]);
        WordDifference.Of("", "New").ShouldBe([(Kept.Second, "New")]);
        WordDifference.Of("Old", "").ShouldBe([(Kept.First, "Old")]);
        WordDifference.Of("", "").ShouldBeEmpty();
        var (first, second) = ("a b c d e", "b x d e f");
        var runs = WordDifference.Of(first, second);
        string.Join(' ', runs.Where(run => run.Kept != Kept.Second).Select(run => run.Words)).ShouldBe(first);
        string.Join(' ', runs.Where(run => run.Kept != Kept.First).Select(run => run.Words)).ShouldBe(second);
    }

    [SkippableTheory, Databases]
    public void The_example_s_vision_has_its_days_parts_pledges_and_answers(Database database)
    {
        using var store = TestStore.WithExample(database);
        using var db = store.Open();
        var first = db.FindVersion("vision", 1)!;
        (first.Version.ApprovedOn, first.Version.LaunchedOn!.Value.Month).ShouldBe((new DateOnly(2015, 8, 4), 9));
        db.PartsOf(first.Version).Count(part => part.Kind == PartKind.Element).ShouldBe(6);
        var pledges = db.PledgesFor(first.Version, Today);
        pledges.All.Count.ShouldBe(76);
        pledges.AllSchools.ShouldBe(130);
        (pledges.Schools + pledges.Partners).ShouldBe(76, "a school that closed or merged since would be missing here");
        pledges.InWords.ShouldBe("76 have signed the pledge: 68 of 130 schools (52%) and 8 partner organisations.");
        db.CurrentVision()!.Version.Id.ShouldBe(first.Version.Id);

        var second = db.FindVersion("vision", 2)!;
        var parts = db.PartsOf(second.Version).GroupBy(part => part.Kind).ToDictionary(of => of.Key, of => of.Count());
        (parts[PartKind.Principle], parts[PartKind.Rationale], parts[PartKind.Function]).ShouldBe((6, 5, 8));
        var questions = db.ConsultationQuestions.Where(question => question.VersionId == second.Version.Id).OrderBy(question => question.Position).ToList();
        questions.Count.ShouldBe(3);
        questions.Select(question => db.ConsultationAnswers.Count(answer => answer.QuestionId == question.Id)).ShouldBe([12, 8, 0]);
        db.ConsultationOutcomes.Count(outcome => outcome.VersionId == second.Version.Id).ShouldBe(3);
        PledgeRow.All(db, Today).Count().ShouldBe(76);
    }

    [SkippableTheory, Databases]
    public async Task A_document_is_drafted_consulted_on_approved_and_pledged(Database database)
    {
        await using var partnership = await Partnership.Of(database);
        using var officer = partnership.Officer();
        (await officer.Submit(await officer.Get("/documents/new"), [])).Errors.ShouldBe(["Enter the title", "Select what it is"]);
        var address = (await officer.Submit(await officer.Get("/documents/new"), [("Title", "Our vision"), ("Kind", "Vision")])).Location!.AbsolutePath;
        address.ShouldBe("/documents/our-vision/1");
        (await officer.Submit(await officer.Get("/documents/new"), [("Title", "our Vision!"), ("Kind", "Vision")])).Errors.ShouldBe(["There is a document with this title already"]);
        using var anybody = partnership.Anybody();
        (await anybody.Get(address)).Status.ShouldBe(HttpStatusCode.NotFound, "a draft is the members' own");
        (await officer.Submit(await officer.Get(address), PriorityPagesTests.Day("On", 1, 10, 2016), "#approve")).Errors.ShouldBe(["There is nothing in it yet"]);

        (await officer.Submit(await officer.Get(address + "/parts/new"), [])).Errors.ShouldBe(["Select the kind", "Enter what it says"]);
        await officer.Submit(await officer.Get(address + "/parts/new"), [("Kind", "Principle"), ("Title", "Every child is taught well")]);
        (await officer.Get(address + "/parts/no-such-part")).Status.ShouldBe(HttpStatusCode.NotFound);
        var part = (await officer.Get(address)).Link("Change Every child is taught well");
        await officer.Submit(await officer.Get(part), [("Text", "By teachers who learn themselves.")], "#part");
        await officer.Submit(await officer.Get(address + "/introduction"), [("Introduction", "What we want.")]);

        (await officer.Submit(await officer.Get(address + "/consult"), [], "#open")).Errors.ShouldBe(["Enter the first day", "Enter the last day"]);
        (await officer.Submit(await officer.Get(address + "/consult"), [("Question", "")], "#ask")).Errors.ShouldBe(["Enter the question"]);
        await officer.Submit(await officer.Get(address + "/consult"), [("Question", "Is it sharp enough?")], "#ask");
        await officer.Submit(await officer.Get(address + "/consult"), [.. PriorityPagesTests.Day("Opens", 10, 10, 2016), .. PriorityPagesTests.Day("Closes", 20, 10, 2016)], "#open");
        (await anybody.Get(address)).Text.ShouldContain("You are asked about this draft until 20 October 2016.");
        using var head = partnership.Head(109501);
        (await head.Get("/home")).All("main li").ShouldContain(item => item.StartsWith("Answer the questions on Our vision"));
        var form = await head.Get(address + "/consultation");
        (await head.Submit(form, [])).Errors.ShouldBe(["Answer at least one question"]);
        (await head.Follow(await head.Submit(form, [("Answers[0]", "Shorter still")]))).Text.ShouldContain("Shorter still (Ashton Lower School)");
        (await head.Get("/home")).Text.ShouldNotContain("Answer the questions");

        (await officer.Submit(await officer.Get(address), [("By", "The board"), .. PriorityPagesTests.Day("On", 20, 10, 2016)], "#approve")).Errors.ShouldBe(["Its consultation runs until 20 October 2016"]);
        await officer.Submit(await officer.Get(address + "/consult"), [.. PriorityPagesTests.Day("Opens", 10, 10, 2016), .. PriorityPagesTests.Day("Closes", 19, 10, 2016)], "#open");
        (await officer.Submit(await officer.Get(address), [("By", "The board"), .. PriorityPagesTests.Day("On", 20, 10, 2016)], "#approve")).Errors.ShouldBe(["Say first what was done because of the answers"]);
        await officer.Submit(await officer.Get(address + "/consult"), [("Said", "Shorter still."), ("Did", "Half of it was taken out.")], "#outcome");
        (await officer.Follow(await officer.Submit(await officer.Get(address), [("By", "The board"), .. PriorityPagesTests.Day("On", 20, 10, 2016)], "#approve"))).Text.ShouldContain("Approved on 20 October 2016 by The board");
        (await officer.Submit(await officer.Get(part), [("Title", "Changed")], "#part")).Errors.ShouldBe(["This version is approved and stays as it is. Begin the next one"]);

        var pledge = await head.Get((await head.Get(address)).Link("Sign the pledge"));
        (await head.Submit(pledge, [("School", ""), ("SignedBy", ""), ("Capacity", "")])).Errors.ShouldBe(["Select the school", "Enter who signs", "Enter what they are there, for example: Headteacher"]);
        var signed = await head.Follow(await head.Submit(pledge, [("SignedBy", "Maria Ford"), ("Capacity", "Headteacher")]));
        signed.Text.ShouldContain("1 have signed the pledge: 1 of 3 schools (33%) and 0 partner organisations.");
        (await head.Submit(await head.Get(address + "/pledge"), [("SignedBy", "Maria Ford"), ("Capacity", "Headteacher")])).Errors.ShouldBe(["Ashton Lower School signed on 20 October 2016 already"]);
        await officer.Submit(await officer.Get(address + "/pledge"), [("Organisation", "Library service"), ("SignedBy", "Jo Hill"), ("Capacity", "Manager")]);
        (await anybody.Get(address)).Text.ShouldContain("2 have signed the pledge: 1 of 3 schools (33%) and 1 partner organisation.");
        (await anybody.Get(address)).Text.ShouldNotContain("Maria Ford", Case.Sensitive, "who signed is shown by what they are");

        var next = (await officer.Submit(await officer.Get(address), [], "#next")).Location!.AbsolutePath;
        next.ShouldBe("/documents/our-vision/2");
        await officer.Submit(await officer.Get(next + "/parts/every-child-is-taught-well"), [("Title", "Every child is taught very well")], "#part");
        var sides = await officer.Get((await officer.Get(next)).Link("side by side with this one: version 1"));
        sides.Text.ShouldContain("0 parts are new, 0 are gone, 1 says something else, 0 are as before.");
        sides.All("ins").ShouldBe(["very"]);
        (await anybody.Get(next + "/compare/1")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await officer.Get(next + "/compare/9")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
