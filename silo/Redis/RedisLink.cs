using Gamification.Health;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Gamification.Redis;

/// <summary>
/// The connection to Redis, which may go and come back at any time. It is asked for a sign of life every second; one that does not answer is thrown
/// away and a new one made, so that nothing depends on how a client library mends a broken connection.
/// </summary>
public sealed class RedisLink(RedisOptions options, TimeProvider clock, ILogger<RedisLink> log) : BackgroundService, IDegradation
{
    private readonly ConfigurationOptions _configuration = options.Configuration();
    private volatile ConnectionMultiplexer? _connection;
    private long _awaySince = clock.GetTimestamp();

    /// <summary>Null while Redis is away. What is sent on it may still fail.</summary>
    public ConnectionMultiplexer? Connection => _connection;

    /// <summary>A timestamp of the clock; null while Redis answers.</summary>
    public long? AwaySince => _connection is null ? Volatile.Read(ref _awaySince) : null;

    /// <summary>Told of each new connection; one on which it fails is thrown away. Set before the link is started.</summary>
    public Func<ConnectionMultiplexer, Task> Connected { get; set; } = _ => Task.CompletedTask;

    public Degradation? Now() => _connection is not null ? null
        : new("live", "Redis does not answer: hosts outside the cluster ask for live topics every second or two, and the mirror of top lists stands still.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (_connection is null) await Connect();
            else await Ask(_connection);
            await Task.Delay(options.PulseEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Drop();
    }

    private async Task Connect()
    {
        ConnectionMultiplexer? connection = null;
        try
        {
            connection = await ConnectionMultiplexer.ConnectAsync(_configuration);
            connection.PreserveAsyncOrder = false; // versions order notices
            _connection = connection;
            await Connected(connection).WaitAsync(options.AnswerMax, clock);
            log.LogInformation("Redis answers.");
        }
        catch (Exception fault)
        {
            log.LogDebug(fault, "Redis does not answer.");
            _connection = null;
            Close(connection);
        }
    }

    /// <summary>Commands and notices go over a connection each.</summary>
    private async Task Ask(ConnectionMultiplexer connection)
    {
        try
        {
            await Task.WhenAll(connection.GetDatabase().PingAsync(), connection.GetSubscriber().PingAsync()).WaitAsync(options.AnswerMax, clock);
        }
        catch (Exception fault)
        {
            log.LogWarning("Redis is away: {Fault} Live topics outside the cluster are polled until it is back.", fault.Message);
            Drop();
        }
    }

    private void Drop()
    {
        var connection = _connection;
        Volatile.Write(ref _awaySince, clock.GetTimestamp());
        _connection = null;
        Close(connection);
    }

    private void Close(ConnectionMultiplexer? connection)
    {
        try
        {
            connection?.Close(allowCommandsToComplete: false);
            connection?.Dispose();
        }
        catch (Exception fault)
        {
            // It was broken already.
            log.LogDebug(fault, "A connection to Redis did not close well.");
        }
    }
}
