using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Waymark.Clusters.Pages;

internal static class FormState
{
    /// <summary>Nothing has been said about this question yet.</summary>
    public static bool IsFree(this ModelStateDictionary state, string field) => state.GetFieldValidationState(field) != ModelValidationState.Invalid;
}
