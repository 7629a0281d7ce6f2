namespace Waymark.Schools;

public static class SchoolSearch
{
    /// <summary>
    /// Schools in whose name, town, postcode, URN or LAESTAB every word is found; those whose name starts like it and those that are open stand first.
    /// Without words, all schools by name.
    /// </summary>
    public static IQueryable<School> Named(this IQueryable<School> schools, string? query)
    {
        var words = SearchWords.Of(query);
        foreach (var word in words)
            schools = schools.Where(school => school.SearchText.Contains(word));
        if (words.Length == 0) return schools.OrderBy(school => school.SearchText);
        var start = string.Join(' ', words);
        return schools.OrderByDescending(school => school.SearchText.StartsWith(start))
            .ThenByDescending(school => school.Status == SchoolStatus.Open || school.Status == SchoolStatus.OpenProposedToClose).ThenBy(school => school.SearchText);
    }
}
