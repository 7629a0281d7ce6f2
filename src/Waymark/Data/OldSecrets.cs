using System.Data.Common;
using Dapper;

namespace Waymark.Data;

/// <summary>What is sealed in the store, and for whom.</summary>
public static class SealedFor
{
    /// <summary>What an authenticator app was given; of a person.</summary>
    public const string App = "authenticator app";

    /// <summary>The secret in a calendar's address; of a person.</summary>
    public const string Feed = "calendar feed";

    /// <summary>The secret in the address that an answer goes to; of an invitee.</summary>
    public const string Answer = "answer to an invitation";
}

/// <summary>Seals what was written before secrets were sealed. No script can do it: the key is not in the database.</summary>
internal static class OldSecrets
{
    private static readonly (string Purpose, string Table, string Column, string Owner)[] Columns =
        [(SealedFor.App, "person", "sealed_code_secret", "id"), (SealedFor.Feed, "calendar_feed", "sealed_secret", "person_id"), (SealedFor.Answer, "invitee", "sealed_token", "id")];

    public static void Seal(DbConnection connection, SealKeys keys, bool isSqlite)
    {
        var sealedRows = 0;
        foreach (var (purpose, table, column, owner) in Columns)
            foreach (var (id, whose, text) in connection.Query<(int, int, string)>($"select id, {owner}, {column} from {table} where {column} not like '{SealKeys.Mark}%'").AsList())
                // Of several servers that start at once, one seals a row.
                sealedRows += connection.Execute($"update {table} set {column} = @sealedText where id = @id and {column} = @text", new { sealedText = keys.SealText(purpose, whose, text), id, text });
        // What was overwritten is not left in the file, nor in the log beside it.
        if (sealedRows > 0 && isSqlite) connection.Execute("pragma wal_checkpoint(truncate)");
    }
}
