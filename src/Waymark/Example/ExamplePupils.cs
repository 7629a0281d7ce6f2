using System.Runtime.InteropServices;

namespace Waymark.Example;

/// <summary>Whom a result counts.</summary>
internal enum Group
{
    All,
    Girls,
    Boys,
    Disadvantaged,
    Other,
    English,
    OtherLanguage,
    Stayed,
    PriorLow,
    PriorMiddle,
    PriorHigh,
    PriorUnknown,
}

/// <summary>
/// An invented child: traits stay from Reception to the last day at one site. <see cref="Prior"/> is the earlier attainment,
/// standard normal over the nation.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Child(bool Girl, bool Disadvantaged, bool Eal, bool Mobile, int Sen, bool PriorKnown, double Prior);

/// <summary>
/// A child at an assessment: attainment and progress by subject (0 reading or English, 1 writing, 2 mathematics, 3 grammar),
/// each standard normal over the nation, and one more draw for whatever else is decided by chance.
/// </summary>
internal sealed record Assessed(Child Child, double[] Attainment, double[] Progress, double Luck)
{
    public double Average => (Attainment[0] + Attainment[1] + Attainment[2] + Attainment[3]) / 4;
    public double AverageProgress => (Progress[0] + Progress[1] + Progress[2] + Progress[3]) / 4;
}

/// <summary>The children behind every result: drawn once per site and cohort, then assessed with the school's own strengths.</summary>
internal static class ExamplePupils
{
    /// <summary>Shares with special needs: support by the school, and a plan (everybody in a special school).</summary>
    public static double SenSupport(ExampleSchool school) => school.IsSpecial ? 0
        : Math.Clamp((school.Tier == "middle" ? 0.1 : 0.06) + 0.3 * school.Disadvantaged + (school.Tier == "middle" ? 0.025 : 0.04) * school.Trait("sen"), 0.02, 0.28);
    public static double Plans(ExampleSchool school) => school.IsSpecial ? 1 : Math.Clamp((school.Tier == "middle" ? 0.021 : 0.017) + 0.009 * school.Trait("plans"), 0, 0.06);

    /// <summary>One school where many children came from abroad, so that few have an earlier result.</summary>
    private static double PriorKnown(ExampleSchool school) => school.Eal > 0.3 ? 0.4 : 0.96;

    private static Child[] Children(ExampleSchool school, int group, int year)
    {
        var chance = school.Chance($"children {year - group}");
        var area = school.IsSpecial ? (school.High == 19 ? -5.2 : -2.4) : 0.12 * school.Trait("area") - 0.9 * (school.Disadvantaged - 0.14);
        var (support, plans, known) = (SenSupport(school), Plans(school), PriorKnown(school));
        var children = new Child[school.YearGroup(group, year)];
        for (var i = 0; i < children.Length; i++)
        {
            var girl = chance.Chance(school.IsSpecial ? 0.28 : 0.49);
            var disadvantaged = chance.Chance(school.Disadvantaged);
            var eal = chance.Chance(school.Eal);
            var mobile = chance.Chance(0.06);
            var needs = chance.Uniform();
            var sen = needs < plans ? 2 : needs < plans + support * (disadvantaged ? 1.5 : 0.9) ? 1 : 0;
            var prior = area + 0.88 * chance.Normal() + (disadvantaged ? -0.4 : 0.1) + (girl ? 0.08 : -0.08) + (eal ? -0.12 : 0)
                + (sen switch { 0 => 0.12, 1 => -0.8, _ => school.IsSpecial ? 0 : -1.5 });
            children[i] = new(girl, disadvantaged, eal, mobile, sen, chance.Chance(known), prior);
        }
        return children;
    }

    /// <summary>
    /// A year group at its assessment. A school's effect lasts (two thirds of its variance) and has a part that comes and goes,
    /// which gives the correlation between neighbouring years that the real tables show.
    /// </summary>
    /// <param name="authority">What the authority's schools add at this stage, in standard deviations.</param>
    public static Assessed[] Assess(ExampleSchool school, string stage, int group, int year, double authority)
    {
        var chance = school.Chance($"{stage} {year}");
        var effect = authority + (school.IsSpecial ? -0.9 : 0) + (stage == "ks4" ? 0.19 : 0.23) * school.Trait("effect") + 0.14 * chance.Normal();
        double[] subject = [0, 0, 0, 0];
        for (var k = 0; k < 4; k++) subject[k] = effect + 0.1 * school.Trait($"{stage} subject {k}");
        double[] girls = [0.09, 0.16, -0.02, 0.18];
        var children = Children(school, group, year);
        var assessed = new Assessed[children.Length];
        for (var i = 0; i < children.Length; i++)
        {
            var child = children[i];
            var own = 0.62 * chance.Normal() + (child.Disadvantaged ? -0.2 : 0.05);
            double[] attainment = [0, 0, 0, 0], progress = [0, 0, 0, 0];
            for (var k = 0; k < 4; k++)
            {
                progress[k] = subject[k] + own + (child.Girl ? girls[k] : -girls[k]) + 0.75 * chance.Normal();
                attainment[k] = 0.72 * child.Prior + 0.7 * progress[k];
            }
            assessed[i] = new(child, attainment, progress, chance.Uniform());
        }
        return assessed;
    }

    // Earlier attainment by stage: share low, share high (national: key stage 1 levels; key stage 2 levels).
    private static readonly double LowAt7 = ExampleRandom.Cut(89), HighAt7 = ExampleRandom.Cut(30);
    private static readonly double LowAt11 = ExampleRandom.Cut(86), HighAt11 = ExampleRandom.Cut(42);

    public static bool IsIn(this Child child, Group group, bool atEleven = false) => group switch
    {
        Group.Girls => child.Girl,
        Group.Boys => !child.Girl,
        Group.Disadvantaged => child.Disadvantaged,
        Group.Other => !child.Disadvantaged,
        Group.English => !child.Eal,
        Group.OtherLanguage => child.Eal,
        Group.Stayed => !child.Mobile,
        Group.PriorLow => child.PriorKnown && child.Prior < (atEleven ? LowAt11 : LowAt7),
        Group.PriorHigh => child.PriorKnown && child.Prior >= (atEleven ? HighAt11 : HighAt7),
        Group.PriorMiddle => child.PriorKnown && !child.IsIn(Group.PriorLow, atEleven) && !child.IsIn(Group.PriorHigh, atEleven),
        Group.PriorUnknown => !child.PriorKnown,
        _ => true,
    };

    /// <summary>The other half of a pair: whoever is not in the one is in the other.</summary>
    private static Group? Partner(Group group) => group switch
    {
        Group.Girls => Group.Boys,
        Group.Boys => Group.Girls,
        Group.Disadvantaged => Group.Other,
        Group.Other => Group.Disadvantaged,
        _ => null,
    };

    /// <summary>A result of five or fewer is held back, and so is the other half of its pair, which would give it away.</summary>
    public static bool IsHeldBack(IReadOnlyCollection<Assessed> pupils, Group group, bool atEleven, Func<Assessed, bool>? counted = null)
    {
        var (own, other) = (0, 0);
        var partner = Partner(group);
        foreach (var p in pupils)
        {
            if (counted is not null && !counted(p)) continue;
            if (p.Child.IsIn(group, atEleven)) own++;
            else if (partner is not null) other++;
        }
        return own is > 0 and <= 5 || other is > 0 and <= 5;
    }
}
