using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages.Documents;

/// <summary>A person who may speak for a school or an organisation signs the pledge for a version; an officer records what was signed on paper.</summary>
public sealed class SignModel(WaymarkDb db, LocalClock clock) : DocumentPage(db, clock)
{
    [BindProperty, Display(Name = "School")] public int? School { get; set; }
    [BindProperty, Display(Name = "Partner organisation")] public string? Organisation { get; set; }
    [BindProperty, Display(Name = "Signed by")] public string? SignedBy { get; set; }
    [BindProperty, Display(Name = "What they are there")] public string? Capacity { get; set; }

    public IReadOnlyList<SelectListItem> Schools { get; private set; } = [];
    public bool MayNamePartner { get; private set; }

    protected override void Load()
    {
        var all = HttpContext.Caller.Holds(RoleKind.Officer);
        MayNamePartner = all || HttpContext.Caller.Holds(RoleKind.Partner);
        var own = HttpContext.Caller.Roles.Where(held => held.Role is RoleKind.Headteacher or RoleKind.Chair).Select(held => held.Place).ToHashSet();
        Schools = [new("", ""), .. Db.MemberSchoolsOn(Today).DistinctBy(member => member.School.Urn).Where(member => all || own.Contains(member.School.Place)).OrderBy(member => member.School.Name)
            .Select(member => new SelectListItem(member.School.Name, member.School.Urn.ToString()))];
    }

    public void OnGet()
    {
        SignedBy = HttpContext.Caller.Name;
        if (Schools.Count == 2) School = int.Parse(Schools[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    public IActionResult OnPost()
    {
        var organisation = MayNamePartner ? Organisation?.Trim() ?? "" : "";
        var chosen = School is { } urn ? Schools.FirstOrDefault(school => school.Value == urn.ToString(System.Globalization.CultureInfo.InvariantCulture)) : null;
        Say(nameof(School), Of.Document.Kind != DocumentKind.Vision || Of.Version.State != VersionState.Approved ? "The pledge is signed for an approved vision"
            : School is not null && chosen is null ? "Select a school that you may sign for" : School is null && organisation.Length == 0 ? "Select the school" : School is not null && organisation.Length > 0 ? "Choose a school or name an organisation, not both" : null);
        Say(nameof(Organisation), organisation.Length > 150 ? "The organisation must be 150 characters or fewer" : School is null && organisation.Length > 0 && Cluster.SlugOf(organisation).Length == 0 ? "The organisation must have a letter or a digit" : null);
        Say(nameof(SignedBy), Pledge.CheckSigner(SignedBy));
        Say(nameof(Capacity), Pledge.CheckCapacity(Capacity));
        var key = chosen?.Value ?? Cluster.SlugOf(organisation);
        if (Db.PledgeRecords.FirstOrDefault(pledge => pledge.VersionId == Of.Version.Id && pledge.Key == key) is { } signed) Say(nameof(School), $"{signed.Name} signed on {Day(signed.On)} already");
        if (!ModelState.IsValid) return Page();
        Db.Add(new Pledge { VersionId = Of.Version.Id, Key = key, Urn = chosen is null ? null : new SchoolUrn(School!.Value), Name = chosen?.Text ?? organisation, SignedBy = SignedBy!.Trim(), Capacity = Capacity!.Trim(), On = Today, PersonId = HttpContext.Caller.PersonId });
        Db.SaveChanges();
        TempData.Done($"{chosen?.Text ?? organisation} has signed the pledge");
        return Redirect($"{Of.Address}#pledges");
    }
}
