using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Schools;
using Waymark.Shared.Imports;

namespace Waymark.Clusters;

/// <summary>What an empty system needs before its first pack, in order; each step is done when its records are there.</summary>
public sealed record Checklist(IReadOnlyList<Checklist.Step> Steps)
{
    public sealed record Step(string Title, string Says, string Href, bool Done);

    public bool AllDone => Steps.All(step => step.Done);

    public static Checklist Of(WaymarkDb db)
    {
        var schools = db.Schools.Count(school => school.InRegister);
        var clusters = db.Clusters.Count();
        var figures = db.Imports.Count(import => import.State == ImportState.Published && import.FiguresNew + import.FiguresChanged + import.FiguresSame > 0);
        return new Checklist(
        [
            new("Choose your local authority", db.Read(Setting.AuthorityName) is { } name ? $"{name}." : "Its schools and its benchmarks are found by it.", "/authority", db.Read(Setting.Authority) is not null),
            new("Load the register of schools", schools > 0 ? $"{schools:N0} schools." : "As downloaded from Get Information about Schools. It tells which schools there are, where they lie and which ages they take.", "/imports/new", schools > 0),
            new("Load the clusters", clusters > 0 ? $"{clusters:N0} cluster{(clusters == 1 ? "" : "s")}." : "One line for each school: cluster, URN, from when, full or associate. Or make the clusters by hand.", "/imports/new", clusters > 0),
            new("Load last year’s results", figures > 0 ? $"{figures:N0} file{(figures == 1 ? "" : "s")} of results in use." : "National files as downloaded, and your own sheets by the template or a mapping.", "/imports/new", figures > 0),
        ]);
    }
}
