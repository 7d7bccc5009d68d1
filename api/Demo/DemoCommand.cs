using Gamification.Api.Hosting;
using Gamification.Programmes;
using Gamification.Silo.Engine;
using Gamification.Vault;

namespace Gamification.Api.Demo;

/// <summary>
/// The engine with somebody at its tills: starts it, prints where to look and how to try the API by hand, and replays the real receipts.
/// What was acknowledged on an earlier run is not posted again, as far as its bookmark goes; the rest is, and is answered as replays.
/// </summary>
public static class DemoCommand
{
    /// <summary>Of the receipt that is posted by hand.</summary>
    private const string Card = "12346";

    public static async Task Run(WebApplication app, ServerOptions options, EngineStorage storage, TextWriter output)
    {
        await app.StartAsync();
        var programme = options.Engine.Programmes[0];
        var (grains, clock) = (app.Services.GetRequiredService<IGrainFactory>(), app.Services.GetRequiredService<TimeProvider>());
        var keys = new DemoKeys(storage.Secret.For, programme);
        await keys.Add(grains, clock.GetUtcNow());
        var url = app.Urls.First();
        var tokens = app.Services.GetRequiredService<Tokens>();
        var admin = tokens.Mint(programme.Id, Role.Admin, member: null, Tokens.LifetimeMax).Token;

        // As its first receipt would: the card's holder has a page before it has bought anything. Null where cards must be enrolled.
        var holder = (await grains.GetGrain<ICardsGrain>(programme.Id).Resolve([Card]))[0];
        Introduce(output, url, keys, admin, holder is null ? null : tokens.Mint(programme.Id, Role.Member, holder.Member, Tokens.LifetimeMax).Token);

        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await Replay(options, programme, grains, keys, new Uri(url), clock, output, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await output.WriteLineAsync("\nStopping; the next start continues here.");
        }

        await app.WaitForShutdownAsync();
    }

    private static async Task Replay(
        ServerOptions options, ProgrammeSettings programme, IGrainFactory grains, DemoKeys keys, Uri url, TimeProvider clock, TextWriter output, CancellationToken stop)
    {
        var file = new DemoReceipts(options.History, [.. programme.Stores.Select(store => store.Id)], programme.TimeZone);
        var bookmark = new DemoBookmark(options.Engine.DataFolder);

        // An engine that knows nothing has other databases than those the bookmark was left in.
        var done = await grains.GetGrain<IProgrammeGrain>(programme.Id).BusinessTime() is null ? 0 : bookmark.Line;
        if (done > 0) await output.WriteLineAsync($"Continuing after line {done:N0} of the history.");

        using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(100) };
        var feed = new DemoFeed(http, keys.Tills, clock);
        var progress = new DemoProgress(output, inPlace: !Console.IsOutputRedirected, file.CountLines(), clock);
        DemoReceipt? last = null;
        await feed.Play(
            file.Read().SkipWhile(receipt => receipt.Line <= done),
            new DemoPace(options.Speed),
            receipt =>
            {
                bookmark.Move(receipt.Line);
                progress.Tell(last = receipt, feed.Counts);
            },
            stop);
        if (last is not null) progress.Tell(last, feed.Counts, done: true);

        var totals = await grains.GetGrain<IProgrammeGrain>(programme.Id).Totals(store: null);
        await output.WriteLineAsync($"""
            The history is replayed: {totals.Receipts:N0} sales standing, {totals.AnonymousReceipts:N0} of them without a member, {totals.Members:N0} members, {totals.Points:N0} points.
            {file.Skipped:N0} rows of type stock and adjustment were skipped. The engine keeps running; Ctrl-C stops it.
            """);
    }

    private static void Introduce(TextWriter output, string url, DemoKeys keys, string admin, string? member) => output.WriteLine($$"""

        Watch a board move:  {{url}}/board?period=week#token={{keys.Screen}}
        On a shop's screen:  {{url}}/board?scope=store:BRU&period=day&kiosk=1#token={{keys.Screen}}
        A member's account:  {{(member is null ? "none yet: its card is not enrolled" : $"{url}/me#token={member}")}}

        Try the API by hand:
          curl -s {{url}}/v1/receipts -H 'Content-Type: application/json' -H 'Authorization: Bearer {{keys.Tills["BRU"]}}' -d '{"type":"sale","store":"BRU","till":"9","businessDate":"2010-12-01","number":"by-hand-1","occurredAt":"2010-12-01T08:26:00+01:00","card":"{{Card}}","currency":"GBP","total":9000.00,"lines":[{"sku":"22423","quantity":750,"unitPrice":12.00,"amount":9000.00}]}'
          curl -s {{url}}/v1/totals -H 'Authorization: Bearer {{admin}}'
        Keys of every till: dotnet run --project api -- keys list --server {{url}} --token (the last token above). API: {{url}}/openapi/v1.json

        """);
}
