using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gamification.LoadTests.Checkout;

/// <summary>
/// What the server said of one receipt, as far as the check needs it. Line counts from 1 in a batch; status is a batch's, too.
/// </summary>
internal sealed record Answer(
    int Line, int Status, string? Outcome, bool Replayed, string? Receipt, string? Member, long Points, long Balance, long Version)
{
    /// <summary>What a replay has to repeat, condensed; that it is a replay it says itself. Comparable within this process only.</summary>
    public int Fingerprint => HashCode.Combine(Receipt, Member, Points, Balance, Version);

    /// <summary>Reads one answer; null if the bytes are no such thing.</summary>
    public static Answer? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, AnswerJson.Default.Answer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What <c>GET /v1/totals</c> says of the whole programme.</summary>
internal sealed record Totals(long Receipts, long AnonymousReceipts, long Members, long Points);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(Totals))]
internal sealed partial class AnswerJson : JsonSerializerContext;
