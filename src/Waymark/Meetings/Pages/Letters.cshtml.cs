using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Meetings.Documents;
using Waymark.Schools;
using Waymark.Shared.Documents;
using Waymark.Shared.Mail;

namespace Waymark.Meetings.Pages;

/// <summary>The letters that are due after a meeting, those that are written, and all of them as one Word file.</summary>
public sealed class LettersModel(WaymarkDb db, LocalClock clock, IConfiguration configuration) : MeetingPage(db, clock)
{
    public Table Due { get; private set; } = null!;
    public Table Written { get; private set; } = null!;
    public IReadOnlyList<string> StillToMeet { get; private set; } = [];

    public void OnGet() => Load();

    public IActionResult OnPost()
    {
        if (!Meeting.IsHeld) Refuse("", "Close the meeting first.");
        var due = Meeting.IsHeld ? Db.LettersDue(Meeting.Round, Meeting.Id) : [];
        if (Meeting.IsHeld && due.Count == 0) Refuse("", "No letter is due.");
        if (!ModelState.IsValid)
        {
            Load();
            return Page();
        }
        Db.AddRange(due.Select(of => of.ToLetter(Clock.Today)));
        var mailed = Mail(due);
        return Done($"{(due.Count == 1 ? "1 letter is written" : $"{due.Count} letters are written")}{(mailed > 0 ? $", {mailed} of them sent by mail" : "")}", $"{Home}/letters");
    }

    public IActionResult OnGetDocx()
    {
        var letters = Db.Letters.AsNoTracking().Where(letter => letter.MeetingId == Meeting.Id).OrderBy(letter => letter.Id).ToList();
        if (letters.Count == 0) return NotFound();
        var schools = Schools(letters);
        using var content = new MemoryStream();
        LetterDocx.Write(Meeting, [.. letters.Select(letter => (letter, schools[letter.Urn]))], Db.Read(Setting.AuthorityName) ?? "", [.. Clusters.Select(cluster => cluster.Name)], content);
        return File(content.ToArray(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", $"letters-{Meeting.Day:yyyy-MM-dd}.docx");
    }

    /// <summary>By mail to the heads whose address is known; the others get theirs on paper.</summary>
    private int Mail(IReadOnlyList<SchoolAtMeeting> due)
    {
        if (InvitedModel.From(configuration) is not { } from) return 0;
        var heads = LetterText.HeadsOf(Db, due.Select(of => of.School), Clock.Today);
        var clusters = Clusters.Select(cluster => cluster.Name).ToList();
        var text = string.Join("\n\n", LetterText.Paragraphs(Meeting, clusters, Db.Read(Setting.AuthorityName) ?? ""));
        foreach (var email in due.Select(of => heads.GetValueOrDefault(of.School.Urn)).OfType<string>()) Db.Add(OutboxMail.To(email, LetterText.Subject(Meeting, clusters), text, Clock.UtcNow));
        return heads.Count;
    }

    private void Load()
    {
        var due = Meeting.IsHeld ? Db.LettersDue(Meeting.Round, Meeting.Id) : [];
        Due = new Table("due", $"Due to {due.Count} {(due.Count == 1 ? "school" : "schools")}", [new("school", "School", ColumnRole.Label), new("phase", "Phase"), new("apologies", "Apologies")],
            [.. due.Select(of => new Row([new(of.School.Name, Href: $"/schools/{of.School.Urn}"), new(of.School.Phase.InWords()), new(of.Apology is { } apology ? apology.By.Length > 0 ? apology.By : "yes" : "none")]))]);
        var letters = Db.Letters.AsNoTracking().Where(letter => letter.MeetingId == Meeting.Id).OrderBy(letter => letter.Id).ToList();
        var schools = Schools(letters);
        Written = new Table("written", $"Written to {letters.Count} {(letters.Count == 1 ? "school" : "schools")}", [new("school", "School", ColumnRole.Label), new("issued", "Written on"), new("reason", "Reason"), new("answered", "Answered on")],
            [.. letters.Select(letter => new Row([new(schools[letter.Urn].Name, Href: $"/letters/{letter.Id}"), new(MeetingWords.Day(letter.IssuedOn)), new(letter.Reason.InWords()), new(MeetingWords.Day(letter.AnsweredOn))]))]);
        StillToMeet = [.. Db.Meetings.AsNoTracking().Where(other => other.Round == Meeting.Round && other.Kind == MeetingKind.Cluster && (other.State == MeetingState.Scheduled || other.State == MeetingState.Open)).OrderBy(other => other.Day).AsEnumerable()
            .Select(other => $"{other.Title} on {MeetingWords.Day(other.Day)}")];
    }

    private Dictionary<SchoolUrn, School> Schools(List<Letter> letters)
    {
        var urns = letters.Select(letter => letter.Urn).ToList();
        return Db.Schools.AsNoTracking().Where(school => urns.Contains(school.Urn)).ToDictionary(school => school.Urn);
    }
}
