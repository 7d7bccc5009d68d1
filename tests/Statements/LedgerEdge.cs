using System.Net;
using System.Text.Json.Nodes;
using Gamification.Ledger;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Tests.Api;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Statements;

/// <summary>The edge before a programme with a ledger: a point a euro, double on stock code BIO at most 20 points a day, 50 points from € 100 on; the last three months valid.</summary>
public sealed class LedgerEdge : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => Receipts.Programme() with
    {
        Earning = Books.Document(
            Books.Base,
            Books.Times("bio", 2, lines: new() { Skus = ["BIO"] }) with { Cap = new() { Per = CapPeriod.Day, Points = 20 } },
            Books.Rule("big", new Bonus { Points = 50 }) with { When = new SpendIs(AtLeast: 10_000) },
            Books.Rule("review", new FixedPoints { Points = 25 }) with { On = [EarningEvent.Review] },
            Books.Rule("big-review", new Bonus { Points = 5 }) with { On = [EarningEvent.Review], When = new ChannelIs([Channel.App]) }),
        Ledger = new() { Points = new() { Expiry = new() { Kind = ExpiryKind.AfterMonths, Count = 3 }, PendingDays = 2 } },
    };

    /// <summary>Posts a sale of one line and answers the member's public id.</summary>
    public async Task<string> Sell(string card, decimal euros, string sku = "A", string? number = null)
    {
        var receipt = Sale(euros, card, number).Replace("\"sku\":\"A\"", $"\"sku\":\"{sku}\"", StringComparison.Ordinal);
        return (string)(await Read(await Till.PostAsync("/v1/receipts", Json(receipt)), HttpStatusCode.Created))["member"]!;
    }

    public async Task<JsonObject> Ask(string path) => await Read(await Admin.GetAsync(path), HttpStatusCode.OK);
}
