namespace Waymark.Example;

/// <summary>
/// Every file of the Central Bedfordshire example 2016-17, in the order in which an officer would load them: fictional schools in the
/// formats that real ones come in. The same bytes on every run and machine.
/// </summary>
public static class ExampleFiles
{
    private static readonly DateOnly Before = new(2014, 9, 1), Between = new(2015, 9, 7), Now = new(2016, 9, 5);

    public static IEnumerable<ExampleFile> All()
    {
        yield return ExampleRegister.Extract(Before);
        yield return ExampleRegister.Extract(Between);
        yield return ExampleRegister.Extract(Now);
        yield return ExampleRegister.Links(Now);
        yield return ExampleRegister.Clusters();
        yield return ExampleRegister.Pyramids();
        yield return ExampleContext.Headcounts();
        foreach (var year in ExampleCalendar.Years)
        {
            yield return ExampleContext.Census(year);
            yield return ExampleContext.Absence(year);
        }
        yield return ExampleContext.Inspections(new(2016, 8, 31));
        foreach (var stage in ExampleLocalResults.Stages)
            foreach (var year in ExampleCalendar.Years.Where(y => y >= stage.FirstYear))
                yield return ExampleLocalResults.File(stage, year);
        yield return ExampleChildren.File();
        yield return ExampleKeyStage2.File();
        yield return ExampleKeyStage4.File(2015);
        yield return ExampleKeyStage4.File(2016);
        yield return ExampleKeyStage5.File();
        yield return ExampleBenchmarks.File();
        yield return ExampleBenchmarks.NeighbourLists();
        yield return ExampleBenchmarks.Places();
    }

    /// <summary>Writes the files into a directory, which is created if missing.</summary>
    public static void Write(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var file in All()) File.WriteAllBytes(Path.Combine(directory, file.Name), file.Content);
    }
}
