using System.Globalization;
using Waymark.Data;
using Waymark.Shared.Mail;

namespace Waymark.Listening;

/// <summary>The letters of a survey. None of them tells what anybody answered.</summary>
public static class SurveyLetters
{
    /// <param name="pages">The address of the pages: "https://waymark.example.org".</param>
    public static OutboxMail Write(Survey survey, SealKey key, Invitation invitation, string pages, bool isReminder, DateTime now)
    {
        var text = survey.TextIn("en");
        var until = survey.ClosesOn is { } last ? $" It is open until {last.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))}." : "";
        var promise = AnswerWords.In("en")[survey.Anonymity.InWords()];
        var body = $"""
            {(invitation.Name.Length > 0 ? $"Dear {invitation.Name}" : "Hello")},

            {(isReminder ? "Some days ago we asked you to take part in a survey, and have had no answer yet. If you like, you still can." : "We ask you to take part in a survey.")}{until}

            {text.Title}
            {text.Introduction}

            {promise}

            Your own link, which counts once:
            {pages}{SurveyLinks.ForLetter(survey, key, invitation)}

            If you want no reminders, press here:
            {pages}{Unsubscribe(survey, key, invitation)}
            """.ReplaceLineEndings("\n");
        var letter = OutboxMail.To(invitation.Email, $"{(isReminder ? "Reminder: " : "")}{text.Title}".ReplaceLineEndings(" "), body, now);
        letter.Unsubscribe = pages + Unsubscribe(survey, key, invitation);
        return letter;
    }

    private static string Unsubscribe(Survey survey, SealKey key, Invitation invitation) => $"/answer/{survey.Code}/no-reminders/{key.Secret(SurveyLinks.NoReminders(invitation))}";
}
