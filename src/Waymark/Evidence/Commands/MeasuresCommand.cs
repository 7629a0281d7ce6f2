using System.CommandLine;
using Waymark.Shared.CommandLine;

namespace Waymark.Evidence.Commands;

/// <summary>waymark measures: the catalogue.</summary>
internal static class MeasuresCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("measures", "Lists the measures that Waymark knows.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
                Output.Json(Catalogue.Measures.Select(measure => new { measure.Code, measure.Label, measure.Phase, measure.Unit, measure.Polarity, measure.Decimals, measure.Source }));
            else
                foreach (var stage in Catalogue.Measures.GroupBy(measure => measure.Stage))
                {
                    Console.WriteLine(stage.Key);
                    foreach (var measure in stage) Console.WriteLine($"  {measure.Code,-32} {measure.Label} ({measure.Unit})");
                }
            return Output.Done;
        });
        return command;
    }
}
