using Waymark.Benchmarks;

return args switch
{
    ["import", .. var rest] => ImportBench.Run(rest),
    ["import-once", var which, var data] => ImportBench.Once(which, data),
    ["answers", .. var rest] => await AnswersBench.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project bench/Waymark.Benchmarks -- import [DATA] [ROUNDS]
            imports the national register and three years of national and raw key stage 2, against a bare loop;
            DATA is the folder of the development data (default: $WAYMARK_SHARED/data, or shared/data beside the repository)
        dotnet run -c Release --project bench/Waymark.Benchmarks -- answers [SECONDS]
            parents answer a survey: 600 at once; 2,000 within SECONDS (default: 600) while results are read; the server killed in the middle; the ratio to a bare endpoint
        """);
    return 2;
}
