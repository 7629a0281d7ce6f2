using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Waymark.Tests.House;

/// <summary>
/// What the program does not do, shown by what its compiled code names: every type and member of other libraries that it mentions stands in its metadata. Each line of the
/// table forbids a family of them, with the requirement of ASVS 5.0 that it is about, and names the exceptions one by one.
/// </summary>
public sealed class WhatTheProgramCallsTests
{
    private static readonly Lazy<IReadOnlyList<string>> Named = new(() => [.. new[] { typeof(ServeCommand), typeof(Statistics.Counts) }.SelectMany(type => NamedBy(type.Assembly.Location)).Distinct().Order(StringComparer.Ordinal)]);

    /// <param name="family">What the names of types and members are searched for: "Namespace.Type", "Namespace.Type.Member(number of parameters)".</param>
    /// <param name="exceptions">What may be named of it, each once.</param>
    [Theory]
    [InlineData("V1.2.7: no path through XML is evaluated", @"^System\.Xml\.XPath|\.(SelectNodes|SelectSingleNode|XPath\w*)\(")]
    [InlineData("V1.3.5, V1.3.7: no template, style sheet or program text is read and run", @"^Microsoft\.CodeAnalysis\.(?!\w*Attribute)|Xsl|Razor\.Language|Dynamic\.Core|^System\.Reflection\.Emit|Assembly\.Load|^System\.Type\.GetType\([1-3]\)")]
    // A letter goes to the mail server of the configuration; the sign-in services of the configuration are asked by the framework.
    [InlineData("V1.3.6, V13.2.4, V13.2.5, V15.3.2: no address is fetched", @"^System\.Net\.(Http|WebClient|WebRequest|HttpWeb\w+|Sockets|WebSockets|Dns|FtpWeb\w+|Mail\.SmtpClient)[^(]*$", "System.Net.Mail.SmtpClient", "System.Net.Sockets.AddressFamily")]
    [InlineData("V1.2.4: no statement is put together for the database but the disposal of what is kept long enough, from our own list", @"\.(FromSqlRaw|SqlQueryRaw|ExecuteSqlRaw\w*)\(", "Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRaw(3)")]
    [InlineData("V1.2.6: no directory is asked", @"^System\.DirectoryServices|Ldap")]
    // Layouts are our own data, and each pattern of theirs has 100 milliseconds; the others are made by the compiler, which writes what has no parameter or two.
    [InlineData("V1.2.9: no pattern is built from input, and none runs on without end", @"^System\.Text\.RegularExpressions\.Regex\.(\.ctor|IsMatch|Match|Matches|Replace|Split|Count|Escape)\(",
        "System.Text.RegularExpressions.Regex..ctor(0)", "System.Text.RegularExpressions.Regex..ctor(2)", "System.Text.RegularExpressions.Regex..ctor(3)", "System.Text.RegularExpressions.Regex.IsMatch(1)",
        "System.Text.RegularExpressions.Regex.Match(1)", "System.Text.RegularExpressions.Regex.Match(4)", "System.Text.RegularExpressions.Regex.Matches(1)", "System.Text.RegularExpressions.Regex.Replace(2)")]
    [InlineData("V1.5.2: nothing is read back into types that the text names", @"BinaryFormatter|SoapFormatter|NetDataContract|LosFormatter|ObjectStateFormatter|XmlSerializer|DataContractSerializer|JsonDerivedType|JsonPolymorphic|^Newtonsoft")]
    [InlineData("V11.2.1, V11.3.1, V11.3.2, V11.4.1, V11.4.3: only AES-GCM, SHA-256, HMAC and HKDF by the framework; SHA-1 is what authenticator apps count with (RFC 6238)", @"^System\.Security\.Cryptography\.(?!\w*Exception)[^.]*$",
        "System.Security.Cryptography.AesGcm", "System.Security.Cryptography.CryptographicOperations", "System.Security.Cryptography.HKDF", "System.Security.Cryptography.HMACSHA1", "System.Security.Cryptography.HMACSHA256",
        "System.Security.Cryptography.HashAlgorithmName", "System.Security.Cryptography.IncrementalHash", "System.Security.Cryptography.RandomNumberGenerator", "System.Security.Cryptography.SHA256")]
    // With a seed: the same example each time.
    [InlineData("V11.5.1: chance that can be foretold makes examples only", @"^System\.Random\.\.ctor|^System\.Random\.get_Shared", "System.Random..ctor(1)")]
    [InlineData("V15.2.5: no other memory is touched", @"^System\.Runtime\.InteropServices\.(Marshal|NativeLibrary|DllImport\w*|LibraryImport\w*)$")]
    public void It_never_names(string what, string family, params string[] exceptions) =>
        Named.Value.Where(name => Regex.IsMatch(name, family)).ShouldBe(exceptions, what);

    [Fact]
    public void Another_program_is_started_only_to_print()
    {
        var starters = typeof(ServeCommand).Assembly.GetTypes().Where(type => TypeReferences.Of(type).Contains(typeof(System.Diagnostics.Process)));
        starters.Select(type => (type.DeclaringType ?? type).Name).Distinct().ShouldBe(["PdfWriter"]);
    }

    private static IEnumerable<string> NamedBy(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        string NameOf(TypeReferenceHandle handle)
        {
            var type = metadata.GetTypeReference(handle);
            var name = metadata.GetString(type.Name);
            return type.ResolutionScope.Kind == HandleKind.TypeReference ? $"{NameOf((TypeReferenceHandle)type.ResolutionScope)}.{name}" : $"{metadata.GetString(type.Namespace)}.{name}";
        }
        foreach (var handle in metadata.TypeReferences) yield return NameOf(handle);
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            var signature = metadata.GetBlobReader(member.Signature);
            var header = signature.ReadSignatureHeader();
            if (header.IsGeneric) signature.ReadCompressedInteger();
            yield return $"{NameOf((TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}{(header.Kind == SignatureKind.Method ? $"({signature.ReadCompressedInteger()})" : "")}";
        }
    }
}
