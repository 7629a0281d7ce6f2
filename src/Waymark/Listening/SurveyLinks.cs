using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Listening;

/// <summary>The addresses by which people come to a survey.</summary>
public static class SurveyLinks
{
    /// <summary>What the secret of a school's link is made from.</summary>
    public static string Of(PlaceKey school) => string.Create(CultureInfo.InvariantCulture, $"school {school.Number}");

    /// <summary>What the secret of a letter's link is made from.</summary>
    public static string Of(string email, PlaceKey place) => string.Create(CultureInfo.InvariantCulture, $"letter {place.Value} {email.Trim().ToLowerInvariant()}");

    /// <summary>What the secret is made from that ends reminders.</summary>
    public static string NoReminders(Invitation invitation) => "no reminders " + Of(invitation.Email, invitation.Place);

    public static string ForAll(Survey survey) => $"/answer/{survey.Code}";

    public static string ForSchool(Survey survey, SealKey key, PlaceKey school) => string.Create(CultureInfo.InvariantCulture, $"/answer/{survey.Code}/for/{school.Number}/{key.Secret(Of(school))}");

    public static string ForLetter(Survey survey, SealKey key, Invitation invitation) => $"/answer/{survey.Code}/{key.Secret(Of(invitation.Email, invitation.Place))}";

    /// <summary>Somebody who is to get a letter of their own.</summary>
    public static Invitation Invite(Survey survey, SealKey key, string email, string name, PlaceKey place) => new()
    {
        SurveyId = survey.Id,
        Email = email.Trim(),
        Name = name.Trim(),
        Place = place,
        TokenHash = SHA256.HashData(Encoding.ASCII.GetBytes(key.Secret(Of(email, place)))),
    };
}
