namespace Waymark.Example;

/// <summary>The days on which the example lives and from which its records are counted.</summary>
public static class ExampleCalendar
{
    /// <summary>The example's "today": the end of the autumn term, after its cluster meetings, and the day after key stage 2 was published by school.</summary>
    public static readonly DateOnly Today = new(2016, 12, 16);

    /// <summary>The five years of results, by the summer they end in.</summary>
    public static readonly int[] Years = [2012, 2013, 2014, 2015, 2016];

    /// <summary>The day of the spring school census, when pupils are counted.</summary>
    public static DateOnly Census(int year) => new(year, 1, 21);

    /// <summary>The day in the summer term that says under which URN a year's results are recorded.</summary>
    public static DateOnly Tests(int year) => new(year, 5, 16);

    /// <summary>Six digits, as in the official statistics: 201516 for the year that ends in 2016.</summary>
    public static int Code(int year) => (year - 1) * 100 + year % 100;
}
