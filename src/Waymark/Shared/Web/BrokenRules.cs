using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Waymark.Shared.Web;

public static class BrokenRules
{
    /// <summary>Puts the sentence of a broken rule to its question, unless something is said there already.</summary>
    public static void Say(this ModelStateDictionary state, string field, string? rule)
    {
        if (rule is not null && state.GetFieldValidationState(field) != ModelValidationState.Invalid) state.AddModelError(field, rule.TrimEnd('.'));
    }
}
