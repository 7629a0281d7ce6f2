namespace Waymark.Statistics;

/// <summary>Identifiers that tell whether two records are one child's.</summary>
public static class Linkage
{
    private const string Letters = "ABCDEFGHJKLMNPQRTUVWXYZ"; // no I, O, S

    /// <summary>
    /// The check letter of a unique pupil number. Source: Department for Education, "Unique pupil numbers: a guide for schools and local authorities":
    /// positions 2 to 13 weighted by their position, modulo 23; a temporary number's last letter counts 0 to 22.
    /// </summary>
    /// <param name="rest">The twelve characters after the check letter: eleven digits and a digit, or a letter for a temporary number.</param>
    /// <exception cref="FormatException">Other characters, or not twelve of them.</exception>
    public static char UpnCheckLetter(ReadOnlySpan<char> rest)
    {
        if (rest.Length != 12)
            throw new FormatException("A UPN has a check letter and twelve characters.");
        var sum = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            var value = char.IsAsciiDigit(rest[i]) ? rest[i] - '0' : i == 11 ? Letters.IndexOf(rest[i], StringComparison.Ordinal) : -1;
            if (value < 0)
                throw new FormatException($"'{rest}' cannot follow the check letter of a UPN: eleven digits, then a digit or one of {Letters}.");
            sum += value * (i + 2);
        }
        return Letters[sum % Letters.Length];
    }

    /// <summary>Whether this is a unique pupil number, permanent or temporary, with its right check letter.</summary>
    public static bool IsUpn(ReadOnlySpan<char> upn)
    {
        if (upn.Length != 13 || upn[1..12].ContainsAnyExceptInRange('0', '9') || !(char.IsAsciiDigit(upn[12]) || Letters.Contains(upn[12], StringComparison.Ordinal)))
            return false;
        return UpnCheckLetter(upn[1..]) == upn[0];
    }
}
