namespace Gamification.Health;

/// <summary>Whether the engine behind this edge can make receipts durable right now. The host that composes the engine answers, from memory.</summary>
public interface IEngineHealth
{
    EngineHealth Now();
}

/// <param name="Ready">False keeps load balancers away: posting would fail or wait.</param>
/// <param name="Journal">One word for people: <c>writing</c>, <c>recovering</c>, <c>fenced</c>, <c>starting</c>, <c>stopping</c>.</param>
/// <param name="Detail">A sentence when something is wrong, without secrets or addresses.</param>
public sealed record EngineHealth(bool Ready, string Journal, string? Detail = null);
