using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Waymark.Data;

namespace Waymark.Shared.Access;

/// <summary>One field of a form as two people, or one person twice, filled it in.</summary>
public sealed record TwoTexts(string Label, string Saved, string Yours);

/// <summary>What a person is shown whose form meets another: both texts, and the way to save theirs after all.</summary>
/// <param name="Fields">The whole form as it was sent, to be sent again.</param>
/// <param name="Version">The version that it would now replace; null where the form has none.</param>
public sealed record Meeting(string Title, string Explanation, IReadOnlyList<TwoTexts> Texts, string Action, IReadOnlyList<KeyValuePair<string, string>> Fields, int? Version, string SaveWords, string KeepWords, string KeepAddress);

/// <summary>Stands before every handler: an address without one is not there, a form sent twice is answered once, and nothing that somebody else saved meanwhile is overwritten unseen.</summary>
internal sealed class PostFilter(IModelMetadataProvider metadata) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        // Without a handler a page would be shown of which nothing was looked up.
        if (context.HandlerMethod is null && context.ActionDescriptor.HandlerMethods.Count > 0)
        {
            context.Result = HttpMethods.IsPost(http.Request.Method) ? new StatusCodeResult(StatusCodes.Status405MethodNotAllowed) : new NotFoundResult();
            return;
        }
        if (!http.Items.TryGetValue(typeof(SentForm), out var sent) || sent is not SentForm form)
        {
            await next();
            return;
        }
        if (http.Items[typeof(FormKey)] is FormKey kept)
        {
            context.Result = kept.BodyHash == form.Hash ? new RedirectResult(kept.Location) : Show(context, SentBefore(context, kept, form));
            return;
        }
        if (form.Version is { } seen && http.Found?.Version is { } version && version != seen)
        {
            context.Result = Show(context, await SavedMeanwhile(context, form, version));
            return;
        }
        await next();
    }

    private Meeting SentBefore(PageHandlerExecutingContext context, FormKey kept, SentForm form)
    {
        var before = SentForm.FieldsOf(kept.Body).ToLookup(field => field.Key, field => field.Value);
        var texts = form.Fields.Select(field => field.Key).Union(before.Select(field => field.Key))
            .Select(name => new TwoTexts(LabelOf(context, name), string.Join(", ", before[name]), string.Join(", ", form.Fields.Where(field => field.Key == name).Select(field => field.Value))))
            .Where(text => text.Saved != text.Yours).ToList();
        return new Meeting("You sent this form before", "It was saved then. What you sent now is different, and is not saved yet.", texts, AddressOf(context), form.Fields, null,
            "Save what I sent now as well", "Leave it as it was saved", kept.Location);
    }

    private async Task<Meeting> SavedMeanwhile(PageHandlerExecutingContext context, SentForm form, int version)
    {
        var now = await AsSaved(context);
        var texts = form.Fields.Select(field => field.Key).Distinct().Where(now.ContainsKey)
            .Select(name => new TwoTexts(LabelOf(context, name), now[name], string.Join(", ", form.Fields.Where(field => field.Key == name).Select(field => field.Value))))
            .Where(text => text.Saved.ReplaceLineEndings() != text.Yours.ReplaceLineEndings()).ToList();
        return new Meeting("Somebody else changed this while you were writing", texts.Count == 0 ? "What they saved is what you wrote, or concerns something else on the page." : "Nothing of yours is saved yet, and nothing of theirs is lost.",
            texts, AddressOf(context), form.Fields, version, "Save mine", "Keep what they saved", context.HttpContext.Request.Path);
    }

    /// <summary>What a GET of this page would show now in the fields of the form.</summary>
    private static async Task<Dictionary<string, string>> AsSaved(PageHandlerExecutingContext context)
    {
        var model = (PageModel)ActivatorUtilities.CreateInstance(context.HttpContext.RequestServices, context.ActionDescriptor.ModelTypeInfo!);
        model.PageContext = ((PageModel)context.HandlerInstance).PageContext;
        model.OnPageHandlerExecuting(context);
        if (context.Result is null && context.ActionDescriptor.HandlerMethods.FirstOrDefault(handler => handler.HttpMethod == "Get" && handler.Name is null) is { } get)
        {
            var arguments = get.Parameters.Select(parameter => ValueOf(context.RouteData.Values.GetValueOrDefault(parameter.Name), parameter.ParameterType, parameter.ParameterInfo)).ToArray();
            if (get.MethodInfo.Invoke(model, arguments) is Task task) await task;
        }
        context.Result = null;
        return context.ActionDescriptor.ModelTypeInfo!.GetProperties().Where(property => property.IsDefined(typeof(BindPropertyAttribute)))
            .ToDictionary(property => property.Name, property => TextOf(property.GetValue(model)), StringComparer.OrdinalIgnoreCase);
    }

    private static object? ValueOf(object? value, Type type, ParameterInfo parameter)
    {
        if (value is null) return parameter.HasDefaultValue ? parameter.DefaultValue : type.IsValueType ? Activator.CreateInstance(type) : null;
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return target.IsInstanceOfType(value) ? value : System.ComponentModel.TypeDescriptor.GetConverter(target).ConvertFromInvariantString((string)value);
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        bool yes => yes ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        System.Collections.IEnumerable many => string.Join(", ", many.Cast<object?>().Select(TextOf)),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private string LabelOf(PageHandlerExecutingContext context, string field)
    {
        var property = context.ActionDescriptor.ModelTypeInfo!.GetProperty(field.Split('.', '[')[0], BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
        return property is null ? field : metadata.GetMetadataForProperty(context.ActionDescriptor.ModelTypeInfo, property.Name).GetDisplayName();
    }

    private static string AddressOf(PageHandlerExecutingContext context) => context.HttpContext.Request.PathBase + context.HttpContext.Request.Path + context.HttpContext.Request.QueryString;

    private ViewResult Show(PageHandlerExecutingContext context, Meeting meeting) => new()
    {
        ViewName = "/Shared/Web/Pages/_Meeting.cshtml",
        StatusCode = StatusCodes.Status409Conflict,
        ViewData = new ViewDataDictionary<Meeting>(metadata, new ModelStateDictionary()) { Model = meeting },
        TempData = ((PageModel)context.HandlerInstance).TempData,
    };
}
