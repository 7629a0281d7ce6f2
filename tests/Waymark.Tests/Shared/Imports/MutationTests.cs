using System.Globalization;
using System.Text;
using Waymark.Shared.Imports;
using Waymark.Tests.Outcomes.Imports;
using Waymark.Tests.Schools;

namespace Waymark.Tests.Shared.Imports;

/// <summary>Good files spoiled in thousands of ways, each from its own seed: a file is kept, or refused with a sentence, and nothing else happens.</summary>
public sealed class MutationTests
{
    /// <summary>2,000 in a run of the tests; more with WAYMARK_MUTATIONS=100000.</summary>
    private static readonly int Mutations = int.TryParse(Environment.GetEnvironmentVariable("WAYMARK_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var many) ? many : 2_000;

    private static readonly (string Name, byte[] Content)[] Good =
    [
        ("local-results.csv", Utf8(ResultFiles.Local("900101,201516,phonics.y1,all,20,30,,provisional", "900101,201516,phonics.y1,girls,12,15,,provisional", "900102,201516,ks2.reading.score,all,,30,104.2,final"))),
        ("edubasealldata20160905.csv", Utf8(ResultFiles.Register(900_101, 900_102, 900_103))),
        ("clusters.csv", Utf8("cluster,urn,from,membership,until\nDunstable,900101,2015-09-01,full,\n\"Sandy, Biggleswade\",900102,01/09/2015,associate,2016-08-31\n")),
        ("links.csv", Utf8(SchoolFiles.Links + "900101,900102,Ash,Successor,01-09-2012\r\n")),
        ("england_ks2final_2016-2017.csv", Utf8("RECTYPE,LEA,ESTAB,URN,SCHNAME,TELIG,PTRWM_EXP,READPROG,READPROG_LOWER,READPROG_UPPER,TFSM6CLA1A,PTRWM_EXP_16\n1,823,2101,900101,\"Ash, St Mary\",30,63%,1.2,-0.4,2.8,5,60%\n1,823,2102,900102,Elm,8,SUPP,SUPP,SUPP,SUPP,NE,NA\n3,823,,,,3000,61%,,,,,\n")),
        ("ofsted_2016.csv", Utf8("URN,Inspection date,Overall effectiveness\n900101,2016-01-01,2\n")),
        ("results.xlsx", Workbooks.Of(["urn", "year", "measure", "group", "numerator", "denominator", "value", "status"], ["900101", "201516", "phonics.y1", "all", "20", "30", "", "provisional"])),
    ];

    [SkippableFact, Trait("attack", "D26")]
    public void Every_spoiled_file_is_kept_whole_or_refused_with_a_sentence()
    {
        var tokens = Corpora.Tokens();
        tokens.Count.ShouldBeGreaterThan(500);
        using var store = TestStore.On(Database.Sqlite);
        store.Load("edubasealldata20160905.csv", ResultFiles.Register(900_101, 900_102));
        var desk = store.Desk();
        var (kept, refused, faulty) = (0, 0, 0);
        for (var seed = 0; seed < Mutations; seed++)
        {
            var (name, content) = Spoiled(seed, tokens);
            try
            {
                var outcome = desk.Stage(name, content);
                if (outcome.AlreadyHere) continue;
                if (outcome.Refused)
                {
                    faulty++;
                    outcome.Notes.ShouldAllBe(note => note.Sentence.Length > 10);
                    continue;
                }
                (outcome.Import.RowsKept + outcome.Import.RowsListed).ShouldBe(outcome.Import.RowsRead, $"seed {seed}");
                desk.Discard(outcome.Import.Id);
                kept++;
            }
            catch (ImportRefusedException exception)
            {
                exception.Message.ShouldStartWith(name);
                refused++;
            }
            catch (Exception exception) when (exception is not ShouldAssertException)
            {
                Assert.Fail($"seed {seed} ({name}): {exception}");
            }
        }
        kept.ShouldBeGreaterThan(Mutations / 50);
        refused.ShouldBeGreaterThan(Mutations / 50);
        faulty.ShouldBeGreaterThan(Mutations / 50);
        using var db = store.Open();
        db.Imports.Count().ShouldBe(1, "nothing is half kept");
    }

    private static (string Name, byte[] Content) Spoiled(int seed, IReadOnlyList<byte[]> tokens)
    {
        var random = new Random(seed);
        var (name, content) = Good[random.Next(Good.Length)];
        var bytes = content.ToList();
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(8))
            {
                case 0: bytes.InsertRange(at, tokens[random.Next(tokens.Count)]); break;
                case 1: bytes.Insert(at, (byte)random.Next(256)); break;
                case 2: if (at < bytes.Count) bytes.RemoveRange(at, Math.Min(random.Next(1, 30), bytes.Count - at)); break;
                case 3: if (at < bytes.Count) bytes[at] = (byte)random.Next(256); break;
                case 4: if (at < bytes.Count) bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, Math.Min(random.Next(1, 80), bytes.Count - at))); break;
                case 5: bytes.RemoveRange(at, bytes.Count - at); break;
                case 6: if (at < bytes.Count) bytes[at] ^= (byte)(1 << random.Next(8)); break;
                default: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Odd[random.Next(Odd.Length)])); break;
            }
        }
        return (name, [.. bytes]);
    }

    private static readonly string[] Odd =
        ["\"", "\"\"", ",", "\n", "\r", "-1", "1e308", "1e-400", "NaN", "Infinity", "99999999999999999999", "0x10", "１２", "201617", "999999", "100%", "=1+1", "SUPP", "'", ";", "\t", "\u202e", "\ufeff", "\ud83d\ude00", "0.1%", "1,000"];

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
