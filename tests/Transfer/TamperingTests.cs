using System.Net.Http.Headers;
using System.Net.Http.Json;
using Gamification.Silo.Engine;
using Gamification.Tests.EndToEnd;
using Microsoft.Data.Sqlite;

namespace Gamification.Tests.Transfer;

/// <summary>Somebody changes rows behind the engine's back; the proof names what was changed.</summary>
public sealed class TamperingTests
{
    private const string OfAMember = "type = 'receipt.posted' and actor glob 'member/*'";
    private const string First = $"place = (select min(place) from journal_entry where {OfAMember})";
    private const string Last = $"place = (select max(place) from journal_entry where {OfAMember})";

    [Theory]
    [InlineData("update journal_entry set payload = cast(replace(cast(payload as text), '\"points\":12', '\"points\":112') as blob) where " + First, "lifetime-points: 36 are kept, the entries add up to 136.")]
    [InlineData("update journal_entry set payload = cast('{' as blob) where " + First, "receipt.posted, cannot be read")]
    [InlineData("update journal_entry set payload = cast('null' as blob) where " + Last, "receipt.posted, is empty")]
    [InlineData("delete from journal_entry where " + Last, "head is at")]
    [InlineData("update journal_entry set version = 99 where " + Last, "newest version is 99")]
    [InlineData("update journal_entry set recorded_at = 5 where " + Last, "was recorded before the one ahead of it")]
    public async Task A_changed_row_is_named(string change, string finding)
    {
        using var folder = await Shop();
        Change(folder, change);

        var (code, told) = await Verify(folder);

        Assert.Equal(1, code);
        Assert.Contains(finding, told, StringComparison.Ordinal);
    }

    /// <summary>No sum tells of another stock code; only the seal does, which takes the secret to make.</summary>
    [Fact]
    public async Task A_change_that_adds_up_is_found_once_a_proof_has_sealed_it()
    {
        const string Swap = "update journal_entry set payload = cast(replace(cast(payload as text), '\"A\"', '\"B\"') as blob) where " + First;
        using var folder = await Shop();
        Change(folder, Swap);
        var (code, told) = await Verify(folder);
        Assert.Equal(0, code);
        Assert.Contains("0 seals hold", told, StringComparison.Ordinal);
        Assert.Contains("1 seals hold", (await Verify(folder)).Told, StringComparison.Ordinal);

        Change(folder, Swap.Replace("'\"A\"', '\"B\"'", "'\"B\"', '\"C\"'", StringComparison.Ordinal));

        (code, told) = await Verify(folder);
        Assert.Equal(1, code);
        Assert.Contains("is not what was proved before", told, StringComparison.Ordinal);
        Assert.Equal(1, (await Verify(folder)).Code);
    }

    [Fact]
    public async Task A_journal_that_was_cut_short_with_its_head_is_found()
    {
        using var folder = await Shop();
        Assert.Equal(0, (await Verify(folder)).Code);
        Change(folder, $"delete from journal_entry where place = (select max(place) from journal_entry); update journal_head set last_seq = last_seq - 1");

        var (code, told) = await Verify(folder);

        Assert.Equal(1, code);
        Assert.Contains("was proved before and is gone", told, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Told)> Verify(DataFolder folder)
    {
        var told = new StringWriter();
        return (await Maintenance.Verify(new() { DataFolder = folder.Path, Programmes = [WholeEngine.DemoProgramme()] }, told), told.ToString());
    }

    private static void Change(DataFolder folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0, "Nothing was changed.");
    }

    private static async Task<DataFolder> Shop()
    {
        var folder = new DataFolder();
        await using var engine = await WholeEngine.Start(folder.Path);
        using var http = new HttpClient { BaseAddress = engine.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", engine.Keys.Tills["BRU"]);
        for (var number = 1; number <= 3; number++)
        {
            using var answer = await http.PostAsJsonAsync("/v1/receipts", new
            {
                type = "sale", store = "BRU", till = "1", businessDate = "2011-05-12", number = $"{number}", occurredAt = "2011-05-12T14:00:00+02:00", card = "1001", currency = "GBP", total = 12m,
                lines = new[] { new { sku = "A", quantity = 1, unitPrice = 12m, amount = 12m } },
            });
            answer.EnsureSuccessStatusCode();
        }

        return folder;
    }
}
