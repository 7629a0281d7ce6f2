using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Waymark.Shared.Web;

/// <summary>Gives the framework's validation messages GOV.UK's wording where a page gave none of its own.</summary>
internal sealed class PlainWords : IValidationMetadataProvider, IBindingMetadataProvider
{
    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        var name = context.Attributes.OfType<DisplayAttribute>().FirstOrDefault()?.GetName() ?? context.Key.Name;
        if (name is null) return;
        var inText = DayBinder.Lower(name).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
        foreach (var rule in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>())
        {
            if (rule.ErrorMessage is not null || rule.ErrorMessageResourceName is not null) continue;
            rule.ErrorMessage = rule switch
            {
                RequiredAttribute => "Enter " + inText,
                StringLengthAttribute => "{0} must be {1} characters or fewer",
                MaxLengthAttribute => "{0} must be {1} characters or fewer",
                RangeAttribute => "{0} must be between {1} and {2}",
                EmailAddressAttribute => "Enter an email address in the correct format, like name@example.com",
                _ => null,
            };
        }
    }

    public void CreateBindingMetadata(BindingMetadataProviderContext context)
    {
        var type = Nullable.GetUnderlyingType(context.Key.ModelType) ?? context.Key.ModelType;
        var what = type == typeof(int) || type == typeof(long) ? "a whole number" : type == typeof(decimal) || type == typeof(double) ? "a number" : null;
        if (what is not null) context.BindingMetadata.ModelBindingMessageProvider?.SetAttemptedValueIsInvalidAccessor((_, name) => $"{name} must be {what}");
    }

    internal static void Bind(DefaultModelBindingMessageProvider messages)
    {
        messages.SetAttemptedValueIsInvalidAccessor((value, name) => $"{name} cannot be ‘{value}’");
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"‘{value}’ cannot be used here");
        messages.SetUnknownValueIsInvalidAccessor(name => $"Check {DayBinder.Lower(name)}");
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => "Check this answer");
        messages.SetValueIsInvalidAccessor(value => $"‘{value}’ cannot be used here");
        messages.SetValueMustNotBeNullAccessor(_ => "Enter an answer");
        messages.SetMissingBindRequiredValueAccessor(name => $"Enter {DayBinder.Lower(name)}");
        messages.SetMissingKeyOrValueAccessor(() => "Enter an answer");
        messages.SetMissingRequestBodyRequiredValueAccessor(() => "The request is empty");
    }
}
