using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Shared.Web;

namespace Waymark.Clusters.Pages;

/// <summary>A person or partner of a cluster: named, corrected, ended.</summary>
public sealed class ContactModel(WaymarkDb db) : PageModel
{
    [BindProperty, Display(Name = "What they are to the cluster")] public ContactCapacity? Capacity { get; set; }
    [BindProperty, Display(Name = "Name")] public string? Name { get; set; }
    [BindProperty, Display(Name = "Role")] public string? Role { get; set; }
    [BindProperty, Display(Name = "E-mail address")] public string? Email { get; set; }
    [BindProperty, Display(Name = "Telephone number")] public string? Telephone { get; set; }
    [BindProperty, Display(Name = "First day")] public DateOnly? From { get; set; }
    [BindProperty, Display(Name = "Last day")] public DateOnly? Until { get; set; }

    public Cluster Cluster { get; private set; } = null!;
    public ClusterContact? Existing { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var id = (string)context.RouteData.Values["id"]!;
        var cluster = db.FindCluster((string)context.RouteData.Values["slug"]!);
        if (cluster is not null && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            Existing = db.ClusterContacts.FirstOrDefault(contact => contact.Id == number && contact.ClusterId == cluster.Id);
        if (cluster is null || (Existing is null && id != "new")) context.Result = NotFound();
        else Cluster = cluster;
    }

    public void OnGet()
    {
        if (Existing is { } contact)
            (Capacity, Name, Role, Email, Telephone, From, Until) = (contact.Capacity, contact.Name, contact.Role, contact.Email, contact.Telephone, contact.From, contact.Until);
    }

    public IActionResult OnPost()
    {
        ModelState.Say(nameof(Capacity), Capacity is null || !Enum.IsDefined(Capacity.Value) ? "Select what they are to the cluster" : null);
        ModelState.Say(nameof(Name), ClusterContact.CheckName(Name));
        ModelState.Say(nameof(Role), ClusterContact.CheckRole(Role));
        ModelState.Say(nameof(Email), ClusterContact.CheckEmail(Email));
        ModelState.Say(nameof(Telephone), ClusterContact.CheckTelephone(Telephone));
        ModelState.Say(nameof(From), From is null ? "Enter the first day" : null);
        ModelState.Say(nameof(Until), Until < From ? $"The last day must be the same as or after the first day, {Lists.Day(From)}" : null);
        if (!ModelState.IsValid) return Page();

        var contact = Existing ?? new ClusterContact { ClusterId = Cluster.Id, Capacity = Capacity!.Value, Name = Name!, From = From!.Value };
        (contact.Capacity, contact.Name, contact.Role, contact.Email, contact.Telephone, contact.From, contact.Until) =
            (Capacity!.Value, Name!.Trim(), Role?.Trim() ?? "", Email?.Trim() ?? "", Telephone?.Trim() ?? "", From!.Value, Until);
        if (Existing is null) db.Add(contact);
        Cluster.ImportId = null;
        db.SaveChanges();
        TempData.Done($"{contact.Name} was saved");
        return Redirect($"/clusters/{Cluster.Slug}/edit");
    }
}
