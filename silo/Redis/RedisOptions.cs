using StackExchange.Redis;

namespace Gamification.Redis;

/// <summary>Where Redis is, and how soon it is taken for away.</summary>
public sealed record RedisOptions
{
    /// <summary>As StackExchange.Redis reads it: <c>host:6379,password=…,ssl=true</c>.</summary>
    public required string Connection { get; init; }

    /// <summary>How often it is asked for a sign of life.</summary>
    public TimeSpan PulseEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A connection that gives no answer for so long is thrown away and made anew.</summary>
    public TimeSpan AnswerMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The least time between two notices of a topic: ten a second.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Topics that may wait to be sent; what comes beyond is dropped.</summary>
    public int TopicsMax { get; init; } = 10_000;

    /// <summary>Throws <see cref="FormatException"/> with one line for the person who typed it.</summary>
    internal ConfigurationOptions Configuration()
    {
        try
        {
            var configuration = ConfigurationOptions.Parse(Connection);
            configuration.AbortOnConnectFail = true; // we try again ourselves
            configuration.ConnectRetry = 1;
            configuration.ConnectTimeout = configuration.SyncTimeout = (int)AnswerMax.TotalMilliseconds;
            configuration.ClientName = "gamification";
            if (configuration.EndPoints.Count > 0) return configuration;
        }
        catch (ArgumentException)
        {
            // Said below, without the text: it may hold a password.
        }

        throw new FormatException("--redis takes a connection such as localhost:6379 or host:6380,password=…,ssl=true.");
    }
}
