using System.Net;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Priorities;
using Waymark.Tests.Evidence;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Priorities;

public sealed class BidTests
{
    private static readonly Fund Ssif = Fund.Find("ssif")!;

    [Fact]
    public void The_fund_s_rules_are_checked_one_by_one_and_explained()
    {
        var bid = new FundingBid { Fund = "ssif", Place = PlaceKey.Partnership, Title = "Reading", Lead = "Larkmead", LeadKind = "Teaching school" };
        BidCheck.Of(Ssif, bid, []).Select(finding => finding.IsMet).ShouldBe([true, false, false, false]);
        // Two of three in need are 67%, three of four 75%.
        BidFacts[] four = [School(1, 4), School(2, 4), School(3, stated: "A warning notice of May 2016"), School(4, 2)];
        BidCheck.Of(Ssif, bid, four[1..]).Select(finding => finding.IsMet).ShouldBe([true, false, true, false]);
        var found = BidCheck.Of(Ssif, bid, four);
        found.ShouldAllBe(finding => finding.IsMet);
        found[3].Why.ShouldBe("3 of 4 (75%). School 1: judged inadequate at the latest inspection (4, 2015/16). School 2: judged inadequate at the latest inspection (4, 2015/16). School 3: A warning notice of May 2016.");
        BidCheck.Of(Ssif, bid, [.. four, School(5) with { IsState = false }])[2].Why.ShouldBe("Not so by the register: School 5.");
        bid.LeadKind = "School";
        BidCheck.Of(Ssif, bid, four)[0].ShouldBe(new BidFinding("The lead is a teaching school, a multi-academy trust or a local authority", false, "Larkmead is a school."));
        BidCheck.InNeed(Ssif, School(6) with { Values = new Dictionary<string, (double, string)> { ["ks4.p8"] = (-0.25, "-0.25") } }).ShouldBeEmpty("below, not at");
        BidCheck.InNeed(Ssif, School(6) with { Values = new Dictionary<string, (double, string)> { ["ks4.p8"] = (-0.26, "-0.26") } }).Count.ShouldBe(1);

        static BidFacts School(int number, int? grade = null, string stated = "") => new(new(109500 + number), $"School {number}", true, true, stated,
            grade is { } known ? new Dictionary<string, (double, string)> { ["inspection.overall"] = (known, $"{known}, 2015/16") } : []);
    }

    [Fact]
    public void A_bid_is_sent_when_it_may_be_and_decided_once()
    {
        var bid = new FundingBid { Fund = "ssif", Place = PlaceKey.Partnership, Title = "Reading", Lead = "Larkmead", LeadKind = "Teaching school" };
        var day = new DateOnly(2017, 5, 2);
        bid.Decide(day, true, 1, "Yes").ShouldBe("Only a bid that was sent is decided.");
        bid.Send(day, false, 1).ShouldBe("It does not meet every rule of the fund yet.");
        bid.Send(day, true, 0).ShouldBe("Enter what it costs first.");
        bid.Send(day, true, 1).ShouldBeNull();
        bid.Send(day, true, 1).ShouldBe("It was sent already.");
        bid.Decide(day.AddDays(-1), true, 1, "Yes").ShouldBe("It cannot be decided before it was sent.");
        bid.Decide(day, true, null, "Yes").ShouldBe("Enter the money that was awarded.");
        bid.Decide(day, false, null, " ").ShouldBe("Enter what the fund said.");
        bid.Decide(day, true, 120_000, "A clear case").ShouldBeNull();
        (bid.State, bid.Awarded).ShouldBe((BidState.Won, 120_000));
    }

    [SkippableTheory, Databases]
    public async Task A_cluster_s_bid_names_schools_evidence_costs_and_letters(Database database)
    {
        await using var partnership = await Partnership.Of(database);
        partnership.Store.Publish(41, CubeTests.Row(41, PlaceKey.School(new(109501)), FigureStatus.Published, 5, 4, null, null, Catalogue.Measure("inspection.overall")));
        using var lead = partnership.Lead("dunstable");
        (await lead.Get("/bids")).Text.ShouldContain("No bid has been made yet.");
        (await lead.Get("/bids/new/houghton-regis")).Status.ShouldBe(HttpStatusCode.NotFound);
        var form = await lead.Get("/bids/new/dunstable");
        (await lead.Submit(form, [])).Errors.ShouldBe(["Enter what the bid is for", "Enter who leads it", "Select what the lead is"]);
        var bid = await lead.Follow(await lead.Submit(form, [("Title", "Reading"), ("Lead", "Larkmead"), ("LeadKind", "Teaching school")]));
        var address = bid.Address.AbsolutePath;
        bid.Rows("#findings tbody tr").Count(row => row.Contains(" No ")).ShouldBe(3);
        (await lead.Submit(bid, [], "#school")).Errors.ShouldBe(["Select a school"]);
        await lead.Submit(await lead.Get(address), [("Urn", "109501")], "#school");
        bid = await lead.Get(address);
        bid.All("#schools tbody tr").Single().ShouldContain("judged inadequate at the latest inspection (4, 2015/16)");
        bid.Rows("#findings tbody tr")[3].ShouldContain("Yes 1 of 1 (100%).");
        (await lead.Submit(bid, [("Amount", "0")], "#cost")).Errors.ShouldBe(["Enter what it pays for", "Enter an amount above £0"]);
        await lead.Submit(await lead.Get(address), [("What", "Training"), ("Amount", "120000")], "#cost");
        (await lead.Submit(bid, [], "#letter")).Errors.ShouldBe(["Enter who supports it", "Enter what the letter says"]);
        await lead.Submit(await lead.Get(address), [("From", "The Council"), ("Says", "We support it.")], "#letter");
        await lead.Submit(await lead.Get((await lead.Get(address)).Link("Add evidence")), [("Address", "/figures/ks2.rwm.exp/201516/school/109501/all")]);
        bid = await lead.Get(address);
        bid.All("#evidence tbody tr").Single().ShouldContain("50% (10 of 20");
        bid.Text.ShouldContain("Training: £120,000");
        (await lead.Submit(bid, [], "#send")).Errors.ShouldBe(["It does not meet every rule of the fund yet"]);
        using var head = partnership.Head(109501);
        (await head.Get(address)).All("form[method=post]").ShouldBeEmpty();
        (await head.Get("/bids/99")).Status.ShouldBe(HttpStatusCode.NotFound);
        partnership.Read(db => BidRow.All(db, new(2016, 12, 16)).Single()).ShouldSatisfyAllConditions(row => row.Costs.ShouldBe(120_000), row => row.Schools.ShouldBe([109501]), row => row.State.ShouldBe("draft"));
    }
}
