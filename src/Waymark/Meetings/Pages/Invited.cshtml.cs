using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;
using Waymark.Shared.Web;

namespace Waymark.Meetings.Pages;

/// <summary>Who is invited by mail, what they were told, what they answered.</summary>
public sealed class InvitedModel(WaymarkDb db, LocalClock clock, IConfiguration configuration, SealKeys keys) : MeetingPage(db, clock)
{
    [BindProperty, Display(Name = "Name")] public string? Name { get; set; }
    [BindProperty, Display(Name = "Email address")] public string? Email { get; set; }

    public MailAddress? Sender => From(configuration);
    public Table List { get; private set; } = null!;
    public int ToTell { get; private set; }

    internal static MailAddress? From(IConfiguration configuration) => MailAddress.TryCreate(configuration[Invitations.FromVariable] ?? "", out var address) ? address : null;

    internal static string Site(HttpRequest request) => request.HttpContext.RequestServices.GetRequiredService<PublicAddress>().Root;

    public void OnGet() => Load();

    public IActionResult OnPost()
    {
        if (Refuse("", Meeting.IsOff ? "The meeting is cancelled." : null) || Refuse(nameof(Email), Db.Invite(Meeting, Email, Name))) return Again();
        return Done($"{Email!.Trim()} is in the list", $"{Home}/invitations");
    }

    public IActionResult OnPostPeople()
    {
        if (Refuse("", Meeting.IsOff ? "The meeting is cancelled." : null)) return Again();
        var added = Db.InvitePeopleOf(Meeting, Clock.Today);
        return Done(added == 1 ? "1 person was added" : $"{added} people were added", $"{Home}/invitations");
    }

    public IActionResult OnPostSend()
    {
        if (Refuse("", Sender is null ? "Mail is not set up on this server." : null)) return Again();
        var told = Db.TellInvitees(Meeting, Site(Request), Sender, Clock.UtcNow, first: true, keys);
        return Done(told == 1 ? "1 letter is on its way" : $"{told} letters are on their way", $"{Home}/invitations");
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Again()
    {
        Load();
        return Page();
    }

    private void Load()
    {
        var invitees = Db.Invitees.AsNoTracking().Where(invitee => invitee.MeetingId == Meeting.Id).OrderBy(invitee => invitee.Id).ToList();
        ToTell = invitees.Count(invitee => invitee.SentSequence < Meeting.Sequence && (!Meeting.IsOff || invitee.SentSequence >= 0));
        List = new Table("invited", $"{invitees.Count} invited: {invitees.Count(invitee => invitee.Reply == Reply.Accepted)} come, {invitees.Count(invitee => invitee.Reply == Reply.Tentative)} perhaps, {invitees.Count(invitee => invitee.Reply == Reply.Declined)} do not",
            [new("who", "Who", ColumnRole.Label), new("email", "Email address"), new("told", "Told"), new("answer", "Answer")],
            [.. invitees.Select(invitee => new Row([new(invitee.Name.Length > 0 ? invitee.Name : invitee.Email), new(invitee.Email), new(invitee.SentSequence < 0 ? "not yet" : invitee.SentSequence < Meeting.Sequence ? "of an earlier time or place" : "yes"), new(invitee.Reply.InWords())]))]);
    }
}
