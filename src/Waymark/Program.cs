using System.CommandLine;
using System.Globalization;
using Waymark;
using Waymark.Shared;
using Waymark.Shared.CommandLine;
using Waymark.Shared.Exports;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");

var root = new RootCommand("Waymark: an education partnership's evidence, conversations, priorities, actions and impact in one place.")
{
    ServeCommand.Create(),
    ImportCommand.Create(),
    CheckCommand.Create(),
    EndpointsCommand.Create(),
    ExportCommand.Create(),
};
foreach (var command in BackupCommand.Create())
    root.Add(command);
foreach (var command in Room.All.SelectMany(room => room.Commands))
    root.Add(command);
var parsed = root.Parse(args);
// After Ctrl-C a command has a while to leave the store as it was.
var answer = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
return parsed.Errors.Count > 0 ? Output.Refused : answer;
