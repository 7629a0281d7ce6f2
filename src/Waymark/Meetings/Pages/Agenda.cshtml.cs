using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;

namespace Waymark.Meetings.Pages;

/// <summary>The items of a meeting in their order and with their times, and its papers.</summary>
[UploadLimit(Paper.MostBytes + 64 * 1024)]
public sealed class AgendaModel(WaymarkDb db, LocalClock clock) : MeetingPage(db, clock)
{
    private static readonly Dictionary<string, byte[]> Beginnings = new(StringComparer.OrdinalIgnoreCase) { [".pdf"] = "%PDF-"u8.ToArray(), [".docx"] = "PK"u8.ToArray(), [".xlsx"] = "PK"u8.ToArray(), [".pptx"] = "PK"u8.ToArray() };

    [BindProperty, Display(Name = "What the paper is")] public string? PaperTitle { get; set; }
    [BindProperty, Display(Name = "The file")] public IFormFile? Document { get; set; }

    public sealed record PaperLine(int Id, string Title, string FileName);

    public IReadOnlyList<AgendaItem> Items => Meeting.Items;
    public IReadOnlyList<PaperLine> Papers { get; private set; } = [];
    public bool HasTemplate { get; private set; }
    public string Says { get; private set; } = "";

    public void OnGet() => Load();

    public IActionResult OnPostTemplate()
    {
        LoadAgenda();
        if (Refuse("", Meeting.Items.Count > 0 ? "The meeting has an agenda already." : Db.ApprovedTemplate(Meeting.Kind) is null ? "The board has approved no agenda for this kind of meeting yet." : null)) return Again();
        Meeting.Items.AddRange(Db.ApprovedTemplate(Meeting.Kind)!.Items.OrderBy(item => item.Position).Select(item => item.ToItem()));
        return Done("The agenda was filled in", $"{Home}/agenda");
    }

    public IActionResult OnPostUp(int item)
    {
        LoadAgenda();
        var at = Meeting.Items.FindIndex(each => each.Id == item);
        if (at <= 0) return NotFound();
        (Meeting.Items[at].Position, Meeting.Items[at - 1].Position) = (Meeting.Items[at - 1].Position, Meeting.Items[at].Position);
        return Done($"{Meeting.Items[at].Title} comes before {Meeting.Items[at - 1].Title}", $"{Home}/agenda");
    }

    public IActionResult OnPostPaper()
    {
        Refuse(nameof(PaperTitle), string.IsNullOrWhiteSpace(PaperTitle) ? "Enter what the paper is" : PaperTitle.Length > 150 ? "What the paper is must be 150 characters or fewer" : null);
        var extension = Path.GetExtension(Document?.FileName ?? "");
        var content = Read();
        Refuse(nameof(Document), content is null ? "Select a file" : !Beginnings.TryGetValue(extension, out var begins) || !content.AsSpan().StartsWith(begins) ? "The file must be a PDF, Word, Excel or PowerPoint file" : content.Length > Paper.MostBytes ? "The file must be 20 MB or smaller" : null);
        if (!ModelState.IsValid) return Again();
        var position = Db.Set<Paper>().Where(paper => paper.MeetingId == Meeting.Id).Select(paper => (int?)paper.Position).Max() ?? 0;
        Db.Add(new Paper { MeetingId = Meeting.Id, Position = position + 1, Title = PaperTitle!.Trim(), FileName = Path.GetFileName(Document!.FileName), Sha256 = Convert.ToHexStringLower(SHA256.HashData(content!)), Content = content!, At = Clock.UtcNow });
        return Done($"{PaperTitle.Trim()} is attached", $"{Home}/agenda");
    }

    public IActionResult OnPostTake(int paper)
    {
        if (Db.Set<Paper>().FirstOrDefault(each => each.Id == paper && each.MeetingId == Meeting.Id) is not { } found) return NotFound();
        Db.Remove(found);
        return Done($"{found.Title} is no longer attached", $"{Home}/agenda");
    }

    /// <summary>When an item's turn comes, if all keep their time.</summary>
    public string TimeOf(AgendaItem item) => MeetingWords.Time(Meeting.Starts.AddMinutes(Items.Where(other => other.Position < item.Position).Sum(other => other.Minutes)));

    private byte[]? Read()
    {
        if (Document is null || Document.Length == 0) return null;
        using var content = new MemoryStream();
        Document.CopyTo(content);
        return content.ToArray();
    }

    private PageResult Again()
    {
        Load();
        return Page();
    }

    private void Load()
    {
        LoadAgenda();
        Papers = [.. Db.Set<Paper>().Where(paper => paper.MeetingId == Meeting.Id).OrderBy(paper => paper.Position).Select(paper => new PaperLine(paper.Id, paper.Title, paper.FileName))];
        HasTemplate = Db.ApprovedTemplate(Meeting.Kind) is not null;
        var (planned, there) = (Meeting.Items.Sum(item => item.Minutes), (int)(Meeting.Ends - Meeting.Starts).TotalMinutes);
        Says = $"The meeting is {there} minutes long; the items take {planned}.{(planned > there ? $" That is {planned - there} too many." : "")}";
    }
}
