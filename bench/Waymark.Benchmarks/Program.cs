using Waymark.Benchmarks;

return args switch
{
    ["import", .. var rest] => ImportBench.Run(rest),
    ["import-once", var which, var data] => ImportBench.Once(which, data),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project bench/Waymark.Benchmarks -- import [DATA] [ROUNDS]
            imports the national register and three years of national and raw key stage 2, against a bare loop;
            DATA is the folder of the development data (default: $WAYMARK_SHARED/data, or shared/data beside the repository)
        """);
    return 2;
}
