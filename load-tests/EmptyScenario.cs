namespace Gamification.LoadTests;

/// <summary>The same request over and over, to learn what the server's HTTP and this generator cost with nothing behind them.</summary>
internal static class EmptyScenario
{
    public static Figures Run(Uri url, string method, string? bearer, int connections, Schedule schedule)
    {
        var head = RawHttp.Head(method, url, bearer);
        return Figures.Of(LoadRun.Run([url], connections, TimeSpan.FromSeconds(30), schedule, (gunner, _) =>
        {
            var reply = gunner.Http.Send(head);
            gunner.Tally.Count(reply.Delivery == Delivery.Answered ? $"{reply.Status}" : $"{reply.Delivery}");
            return (1, reply.Status is >= 200 and < 300 ? 1 : 0);
        }));
    }
}
