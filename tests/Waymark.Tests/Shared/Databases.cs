using System.Reflection;
using Xunit.Sdk;

namespace Waymark.Tests.Shared;

/// <summary>The databases that Waymark runs on.</summary>
public enum Database { Sqlite, Postgres }

/// <summary>Runs one test on every database: <c>[SkippableTheory, Databases] public void Name(Database database)</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DatabasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Enum.GetValues<Database>().Select(database => new object[] { database });
}
