using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Imports;

namespace Waymark.Clusters;

/// <summary>What an empty system needs before its first pack, in order; each step is done when its records are there.</summary>
public sealed record Checklist(IReadOnlyList<Checklist.Step> Steps)
{
    /// <param name="More">Other ways to do it, and what is still open.</param>
    public sealed record Step(string Title, string Says, string Href, bool Done, params (string Text, string Href)[] More);

    public bool AllDone => Steps.All(step => step.Done);

    public static Checklist Of(WaymarkDb db, DateOnly today)
    {
        var authority = LocalAuthorityCode.TryParse(db.Read(Setting.Authority), null, out var code) ? code : (LocalAuthorityCode?)null;
        var schools = db.Schools.Count(school => school.InRegister);
        var own = authority is null ? schools : db.Schools.Count(school => school.InRegister && school.Authority == authority);
        var clusters = db.OuterClusters(today).Count;
        var without = clusters == 0 ? 0 : db.SchoolsWithoutCluster(today).Count;
        var figures = db.Imports.Count(import => import.State == ImportState.Published && import.FiguresNew + import.FiguresChanged + import.FiguresSame > 0);
        var name = db.Read(Setting.AuthorityName);
        return new Checklist(
        [
            new("Choose your local authority", name is not null ? $"{name}." : "Its schools and its benchmarks are found by it.", "/authority", authority is not null),
            new("Load the register of schools", schools == 0 ? "As downloaded from Get Information about Schools, and its links if you have them. It tells which schools there are, where they lie and which ages they take."
                : $"{schools:N0} schools{(authority is null ? "" : own == 0 ? $", none of them of {name}: load the register that has them" : $", {own:N0} of them of {name}")}.", "/imports/new", own > 0),
            new("Load the clusters", clusters > 0 ? $"{clusters:N0} cluster{(clusters == 1 ? "" : "s")}." : "One line for each school: cluster, URN, from when, full or associate. Or make the clusters by hand.", "/imports/new", clusters > 0,
                [("Template clusters.csv", "/?handler=template"), ("Make a cluster by hand", "/clusters/new"), .. without > 0 ? new[] { ($"{without:N0} {(without == 1 ? "school is" : "schools are")} in no cluster", "/clusters/without") } : []]),
            new("Load last year’s results", figures > 0 ? $"{figures:N0} file{(figures == 1 ? "" : "s")} of results in use." : "National files as downloaded, and your own sheets: by a template, or as they are. Of a sheet that Waymark does not know you say once what its columns hold.", "/imports/new", figures > 0,
                ("Templates for your own results", "/imports/templates"), ("What is loaded, due and stale", "/data-calendar")),
        ]);
    }
}
