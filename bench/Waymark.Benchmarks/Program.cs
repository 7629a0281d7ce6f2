using System.Globalization;
using Waymark.Benchmarks;

try
{
    return args switch
    {
        ["import", .. var rounds] => ImportBench.Run(Number(rounds, 7)),
        ["import-once", var which, var data] => ImportBench.Once(which, data),
        ["pages", .. var requests] => await PagesBench.Run(Number(requests, 500)),
        ["store", var directory] => Keep(directory),
        ["packs", .. var rounds] => PacksBench.Run(Number(rounds, 5)),
        ["start", .. var rounds] => await StartBench.Run(Number(rounds, 9)),
        ["load", .. var minutes] => await LoadBench.Run(Number(minutes, 3)),
        ["answers", .. var rest] => await AnswersBench.Run(rest),
        _ => Usage(),
    };
}
catch (BenchException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

static int Number(string[] given, int usual) => given is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : usual;

static int Keep(string directory)
{
    Console.WriteLine(Nation.Import(Path.GetFullPath(directory), whole: true).Size);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project bench/Waymark.Benchmarks -- WHAT [HOW MANY]
            import [ROUNDS]     the national register and three years of national and raw key stage 2, against a bare loop
            pages [REQUESTS]    the pages of a running server with all England's figures, and with one authority's
            store DIR           keeps the store of those pages, all of England, to look at
            packs [ROUNDS]      all packs of the example by the command line
            start [ROUNDS]      a later start, to the first page
            load [MINUTES]      many people at once, and the memory that they take
            answers [SECONDS | ratio]  parents answer a survey: 600 at once; 2,000 within SECONDS (default: 600) while results are read; the server killed in the middle; the ratio to a bare endpoint, or that alone
        import, pages and load need the development data: the folder that holds data/ is named in WAYMARK_SHARED, or lies beside the repository as shared/
        """);
    return 2;
}
