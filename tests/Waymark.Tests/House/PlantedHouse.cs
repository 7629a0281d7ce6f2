// A small house whose rooms break the plan on purpose, so that the test of the plan is seen to fail. Only the comments' lines are allowed.
using Microsoft.AspNetCore.Razor.Hosting;
using Waymark.Tests.House.Planted.Clusters;
using Waymark.Tests.House.Planted.Field;
using Waymark.Tests.House.Planted.Listening;
using Waymark.Tests.House.Planted.Meetings;
using Waymark.Tests.House.Planted.Schools;
using Waymark.Tests.House.Planted.Schools.Pages;

[assembly: RazorCompiledItem(typeof(Waymark.Tests.House.CompiledPages.People_Pages_Index), "mvc.1.0.razor-page", "/People/Pages/Index.cshtml")]

namespace Waymark.Tests.House.CompiledPages
{
    internal sealed class People_Pages_Index
    {
        public static string Execute() => new Cluster().ToString()!;
    }
}

namespace Waymark.Tests.House.Planted
{
    internal static class ServeCommand
    {
        public static object RunsEverything() => new Reports.CommitteeReport(); // allowed: the program sees every room

        public static object OpensAPage() => new SearchPage();
    }
}

namespace Waymark.Tests.House.Planted.Field
{
    internal sealed class Place
    {
        public static string Answer(Microsoft.AspNetCore.Http.HttpContext context) => context.Request.Path;
    }

    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class AboutAttribute(Type type) : Attribute
    {
        public Type Type => type;
    }
}

namespace Waymark.Tests.House.Planted.Data
{
    internal sealed class Tables
    {
        public List<Dictionary<int, School[]>> OfSchools { get; } = [];
    }
}

namespace Waymark.Tests.House.Planted.Shared.Web
{
    internal sealed class Layout;
}

namespace Waymark.Tests.House.Planted.Schools
{
    [About(typeof(Cluster))]
    internal sealed class School
    {
        public Place? Where { get; set; } // allowed: every room sees Field
        public Shared.Web.Layout? Layout { get; set; } // allowed: Shared is open with all that is in it
        public SearchPage? Own { get; set; } // allowed: a room sees all of itself
    }
}

namespace Waymark.Tests.House.Planted.Schools.Pages
{
    internal sealed class SearchPage
    {
        public Microsoft.AspNetCore.Http.HttpContext? Context { get; set; } // allowed: pages know the web
    }
}

namespace Waymark.Tests.House.Planted.Clusters
{
    internal sealed class Cluster
    {
        public School? First { get; set; } // allowed: Clusters stands above Schools

        public static int Count(object value) => value is SearchPage ? 1 : 0;
    }
}

namespace Waymark.Tests.House.Planted.Meetings
{
    internal sealed class Meeting
    {
        public static async Task<string> Close(IEnumerable<string> answers)
        {
            await Task.Yield();
            return string.Join(' ', answers.Select(answer => Survey.Words(answer)));
        }
    }
}

namespace Waymark.Tests.House.Planted.Listening
{
    internal sealed class Survey
    {
        public static string Words(string answer) => answer;

        public static string Kept(Microsoft.EntityFrameworkCore.DbContext db) => db.ToString()!;

        public static Microsoft.AspNetCore.Http.IResult? Answer => null;
    }
}

namespace Waymark.Tests.House.Planted.Reports
{
    internal sealed class CommitteeReport
    {
        public Meeting? Meeting { get; set; } // allowed: Reports joins the rooms
        public Survey? Survey { get; set; }
    }
}

namespace Waymark.Tests.House.Planted.Attic
{
    internal sealed class Box;
}
