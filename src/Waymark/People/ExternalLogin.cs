namespace Waymark.People;

/// <summary>The account of another sign-in service (DfE Sign-in, Entra ID) that a person uses.</summary>
public sealed class ExternalLogin
{
    public int Id { get; init; }
    public required int PersonId { get; init; }
    public required string Issuer { get; init; }
    /// <summary>The service's own lasting name of the account.</summary>
    public required string Subject { get; init; }
    public required DateTime AddedAt { get; init; }
}
