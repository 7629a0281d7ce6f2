using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Waymark.Shared.Web;

/// <summary>
/// Reads a day from the three boxes of <c>&lt;w-date></c>, named "From.day", "From.month" and "From.year", or from one ISO date in
/// an address. A month may be a name. What is wrong is said once, at the question.
/// </summary>
public sealed class DayBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var context = bindingContext;
        var name = context.ModelName;
        if (context.ValueProvider.GetValue(name) is var whole && whole != ValueProviderResult.None)
        {
            context.ModelState.SetModelValue(name, whole);
            if (DateOnly.TryParseExact(whole.FirstValue, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso))
                context.Result = ModelBindingResult.Success(iso);
            else if (!string.IsNullOrEmpty(whole.FirstValue))
                context.ModelState.TryAddModelError(name, $"{Question(context)} must be a date like 2016-09-20");
            return Task.CompletedTask;
        }

        ValueProviderResult[] boxes = [.. DateTagHelper.Parts.Select(part => context.ValueProvider.GetValue($"{name}.{part}"))];
        if (boxes.All(b => b == ValueProviderResult.None)) return Task.CompletedTask;
        for (var i = 0; i < boxes.Length; i++)
        {
            context.ModelState.SetModelValue($"{name}.{DateTagHelper.Parts[i]}", boxes[i]);
            context.ModelState.MarkFieldSkipped($"{name}.{DateTagHelper.Parts[i]}");
        }

        string[] typed = [.. boxes.Select(b => (b.FirstValue ?? "").Trim())];
        string[] missing = [.. DateTagHelper.Parts.Where((_, i) => typed[i].Length == 0)];
        if (missing.Length == 3)
        {
            if (!context.ModelMetadata.IsNullableValueType) context.ModelState.TryAddModelError(name, $"Enter {Lower(Question(context))}");
            else context.Result = ModelBindingResult.Success(null);
        }
        else if (missing.Length > 0)
            context.ModelState.TryAddModelError(name, $"{Question(context)} must include a {string.Join(" and a ", missing)}");
        else if (Day(typed) is { } day)
            context.Result = ModelBindingResult.Success(day);
        else
            context.ModelState.TryAddModelError(name, $"{Question(context)} must be a real date");
        return Task.CompletedTask;
    }

    private static string Question(ModelBindingContext context) => context.ModelMetadata.GetDisplayName();

    internal static string Lower(string words) => words.Length > 1 && char.IsUpper(words[1]) ? words : char.ToLowerInvariant(words[0]) + words[1..];

    private static DateOnly? Day(string[] typed)
    {
        if (!int.TryParse(typed[0], NumberStyles.None, CultureInfo.InvariantCulture, out var day)
            || !int.TryParse(typed[2], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1900 or > 2199)
            return null;
        if (!int.TryParse(typed[1], NumberStyles.None, CultureInfo.InvariantCulture, out var month))
            month = 1 + Array.FindIndex(CultureInfo.InvariantCulture.DateTimeFormat.MonthNames,
                m => typed[1].Length >= 3 && m.StartsWith(typed[1], StringComparison.OrdinalIgnoreCase));
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    internal sealed class Provider : IModelBinderProvider
    {
        public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
            context.Metadata.UnderlyingOrModelType == typeof(DateOnly) ? new DayBinder() : null;
    }
}
