// A C++ host on rramsnn.h: owning handles, exceptions, views as spans, and a step beside the same step in plain C++.
// make && ./crossbar, or with CMake. Prints a line per check; exits with 1 if one fails.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "rramsnn.h"

namespace {

constexpr int rows = 784, columns = 512, panel = 128;
constexpr float range = 2;

void check(rramsnn_status status)
{
    if (status != RRAMSNN_OK)
        throw std::runtime_error(rramsnn_last_error());
}

struct Free {
    void operator()(rramsnn_device device) const { rramsnn_device_free(device); }
    void operator()(rramsnn_crossbar crossbar) const { rramsnn_crossbar_free(crossbar); }
};

class Crossbar {
public:
    explicit Crossbar(int outputs = columns)
    {
        rramsnn_device law;
        check(rramsnn_device_create("tiox-3v", &law));
        std::unique_ptr<rramsnn_device_handle, Free> device(law);
        rramsnn_crossbar_options options;
        check(rramsnn_crossbar_options_init(&options));
        options.rows = rows;
        options.columns = outputs;
        options.weight_range = range;
        options.initial_weight_scale = 1;
        rramsnn_crossbar crossbar;
        check(rramsnn_crossbar_create(&options, device.get(), &crossbar));
        handle_.reset(crossbar);
    }

    void accumulate(const std::vector<float> &input, std::vector<float> &current)
    {
        check(rramsnn_crossbar_accumulate(handle_.get(), input.data(), input.size(), current.data(), current.size()));
    }

    void update(const std::vector<float> &trace, const std::vector<float> &wish)
    {
        check(rramsnn_crossbar_update(handle_.get(), trace.data(), trace.size(), wish.data(), wish.size()));
    }

    void update_and_accumulate(const std::vector<float> &trace, const std::vector<float> &wish, const std::vector<float> &input, std::vector<float> &current)
    {
        check(rramsnn_crossbar_update_and_accumulate(
            handle_.get(), trace.data(), trace.size(), wish.data(), wish.size(), input.data(), input.size(), current.data(), current.size()));
    }

    // Device i, j is element (j / 128 * rows + i) * 128 + j % 128, in the library's own memory.
    float *states(const char *field)
    {
        rramsnn_view view;
        check(rramsnn_crossbar_view(handle_.get(), field, &view));
        return static_cast<float *>(view.data);
    }

    std::string hash()
    {
        char text[65];
        check(rramsnn_crossbar_state_sha256(handle_.get(), text, sizeof text));
        return text;
    }

private:
    std::unique_ptr<rramsnn_crossbar_handle, Free> handle_;
};

// The same balanced pairs of soft-bounds devices in plain loops, which the compiler turns into vectors.
class PlainCrossbar {
public:
    explicit PlainCrossbar(Crossbar &from) : up_(rows * columns), down_(rows * columns)
    {
        for (auto [field, states] : {std::pair("conductance_plus", &up_), std::pair("conductance_minus", &down_)})
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++)
                    (*states)[i * columns + j] = from.states(field)[(j / panel * rows + i) * panel + j % panel];
    }

    void update(const std::vector<float> &trace, const std::vector<float> &wish)
    {
        for (int i = 0; i < rows; i++) {
            if (trace[i] == 0)
                continue;
            float *up = &up_[i * columns], *down = &down_[i * columns];
            for (int j = 0; j < columns; j++) {
                const float change = trace[i] * wish[j] * (1 / range);
                const float size = std::fabs(change);
                // 1 - exp(-size) to a float's accuracy for sizes below 0.005, which is what the compiler can turn into vectors.
                const float share = size - 0.5f * size * size;
                up[j] += share * ((change > 0 ? 1.0f : 0.0f) - up[j]);
                down[j] += share * ((change < 0 ? 1.0f : 0.0f) - down[j]);
            }
        }
    }

    void accumulate(const std::vector<float> &input, std::vector<float> &current) const
    {
        std::fill(current.begin(), current.end(), 0.0f);
        for (int i = 0; i < rows; i++) {
            if (input[i] == 0)
                continue;
            const float *up = &up_[i * columns], *down = &down_[i * columns];
            for (int j = 0; j < columns; j++)
                current[j] += input[i] * (up[j] - down[j]);
        }
    }

private:
    std::vector<float> up_, down_;
};

// Numbers that are the same everywhere.
float uniform()
{
    static unsigned state = 12345;
    state = state * 1664525u + 1013904223u;
    return static_cast<float>(state >> 8) / 16777216.0f;
}

std::vector<float> sparse()
{
    std::vector<float> values(rows);
    for (float &value : values)
        value = uniform() < 0.2f ? uniform() : 0.0f;
    return values;
}

bool report(bool good, const std::string &what)
{
    std::printf("%s %s\n", good ? "ok     " : "FAILED ", what.c_str());
    return good;
}

template <class Step> double microseconds(Step &&step, int steps)
{
    const auto start = std::chrono::steady_clock::now();
    for (int k = 0; k < steps; k++)
        step();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count() / steps;
}

int run(int rounds)
{
    Crossbar crossbar, fused, timed;
    PlainCrossbar plain(crossbar), plain_timed(timed);
    std::vector<float> wish(columns), current(columns), other(columns), trace = sparse();
    for (float &value : wish)
        value = 0.02f * (uniform() - 0.5f);

    bool good = true;
    bool same = true;
    float distance = 0, size = 0;
    for (int step = 0; step < 50; step++) {
        const std::vector<float> input = sparse();
        crossbar.update(trace, wish);
        crossbar.accumulate(input, current);
        fused.update_and_accumulate(trace, wish, input, other);
        same = same && current == other;
        plain.update(trace, wish);
        plain.accumulate(input, other);
        for (int j = 0; j < columns; j++) {
            distance = std::max(distance, std::fabs(current[j] - other[j]));
            size = std::max(size, std::fabs(current[j]));
        }
        trace = input;
    }

    good &= report(same && crossbar.hash() == fused.hash(), "one pass gives the bits of two: " + crossbar.hash().substr(0, 8));
    good &= report(distance < 1e-4f * size, "currents are those of plain loops: within " + std::to_string(distance) + " of " + std::to_string(size));

    const std::vector<float> unit = [] { std::vector<float> values(rows); values[3] = 1; return values; }();
    crossbar.states("conductance_plus")[3 * panel] = 0.75f;
    crossbar.states("conductance_minus")[3 * panel] = 0.5f;
    crossbar.accumulate(unit, current);
    good &= report(current[0] == 0.25f, "the view is the crossbar's memory");

    std::string message;
    try {
        crossbar.update(std::vector<float>(rows - 1), wish);
    } catch (const std::runtime_error &error) {
        message = error.what();
    }
    good &= report(!message.empty(), "a wrong length is an exception: " + message);

    const std::vector<float> input = sparse();
    double best = 1e18, best_plain = 1e18;
    for (int round = 0; round < rounds; round++) {
        best = std::min(best, microseconds([&] { timed.update_and_accumulate(trace, wish, input, current); }, 50));
        best_plain = std::min(best_plain, microseconds([&] { plain_timed.update(trace, wish), plain_timed.accumulate(input, other); }, 5));
    }

    std::printf("%d x %d, 20 %% of the rows active: %.1f us per step, plain C++ %.1f us (%.1fx)\n", rows, columns, best, best_plain, best_plain / best);
    return good ? 0 : 1;
}

}

int main(int count, char **values)
{
    if (rramsnn_processor_level() == 0 || rramsnn_abi_version() != RRAMSNN_ABI_VERSION) {
        std::fputs("this processor or library does not fit\n", stderr);
        return 1;
    }

    try {
        const int result = run(count > 1 ? std::stoi(values[1]) : 100);
        return rramsnn_handle_count() == 0 && result == 0 ? 0 : 1;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
