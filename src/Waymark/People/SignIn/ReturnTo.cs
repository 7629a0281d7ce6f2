namespace Waymark.People.SignIn;

/// <summary>Where somebody goes on after signing in: a page of this site and nowhere else, whatever the address says.</summary>
public static class ReturnTo
{
    private const int Longest = 2_000;

    public static string Local(string? address) =>
        address is { Length: > 0 and <= Longest } && address[0] == '/' && (address.Length == 1 || address[1] != '/') && address.All(letter => letter is > ' ' and < '\x7f' and not '\\') ? address : "/";

    /// <summary>A path of this site that goes on to another when it is done.</summary>
    public static string Via(string path, string? address) => Local(address) is "/" ? path : $"{path}?returnUrl={Uri.EscapeDataString(Local(address))}";
}
