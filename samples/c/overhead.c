/* What a call costs, as the fastest of many rounds: ./overhead path/to/librramsnn.so */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "rramsnn.h"

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

static void *library;

static void *get(const char *name)
{
    void *function = dlsym(library, name);
    if (function == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }

    return function;
}

/* Nanoseconds of one call: the least of 200 rounds of so many calls each. */
#define MEASURE(name, calls, call)                                   \
    do {                                                             \
        double best = 1e18;                                          \
        for (int round = 0; round < 200; round++) {                  \
            double start = now();                                    \
            for (int k = 0; k < (calls); k++)                        \
                failures += (call) != RRAMSNN_OK;                    \
            double time = (now() - start) / (calls);                 \
            best = time < best ? time : best;                        \
        }                                                            \
        printf("%-44s %9.1f ns\n", name, best);                      \
    } while (0)

int main(int count, char **values)
{
    double start = now();
    library = dlopen(count > 1 ? values[1] : "librramsnn.so", RTLD_NOW);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }

    int32_t (*width)(void) = (int32_t (*)(void))get("rramsnn_vector_width");
    int32_t bits = width();
    printf("%-44s %9.2f ms\n", "load and first call", (now() - start) / 1e6);
    printf("%-44s %9d bits\n", "vectors", bits);

    rramsnn_status (*create_device)(const char *, rramsnn_device *) = get("rramsnn_device_create");
    rramsnn_status (*init)(rramsnn_crossbar_options *) = get("rramsnn_crossbar_options_init");
    rramsnn_status (*create)(const rramsnn_crossbar_options *, rramsnn_device, rramsnn_crossbar *) = get("rramsnn_crossbar_create");
    rramsnn_status (*set_time)(rramsnn_crossbar, uint64_t) = get("rramsnn_crossbar_set_time");
    rramsnn_status (*step)(rramsnn_crossbar, const float *, size_t, uint64_t *, size_t) = get("rramsnn_crossbar_step");
    rramsnn_status (*accumulate)(rramsnn_crossbar, const float *, size_t, float *, size_t) = get("rramsnn_crossbar_accumulate");
    rramsnn_status (*spikes)(rramsnn_crossbar, const uint64_t *, size_t, float *, size_t) = get("rramsnn_crossbar_accumulate_spikes");
    rramsnn_status (*update)(rramsnn_crossbar, const float *, size_t, const float *, size_t) = get("rramsnn_crossbar_update");
    rramsnn_status (*fused)(rramsnn_crossbar, const float *, size_t, const float *, size_t, const float *, size_t, float *, size_t) =
        get("rramsnn_crossbar_update_and_accumulate");

    static float input[784], wish[512], current[512];
    uint64_t raster[13] = {0x8421, 0, 0x1111, 0, 0, 7};
    for (int i = 0; i < 784; i++)
        input[i] = i % 10 == 0 ? 0.5f : 0.0f;
    for (int j = 0; j < 512; j++)
        wish[j] = 1e-4f * (j % 7 - 3);

    int failures = 0;
    rramsnn_device device;
    rramsnn_crossbar_options options;
    rramsnn_crossbar small, large;
    failures += create_device("tiox-3v", &device) != RRAMSNN_OK;
    failures += init(&options) != RRAMSNN_OK;
    options.rows = 16;
    options.columns = 16;
    failures += create(&options, device, &small) != RRAMSNN_OK;
    options.rows = 784;
    options.columns = 512;
    failures += create(&options, device, &large) != RRAMSNN_OK;

    MEASURE("vector_width: the way in and out", 10000, width() == bits ? RRAMSNN_OK : RRAMSNN_DEFECT);
    MEASURE("crossbar_set_time: and the handle", 10000, set_time(small, 0));
    MEASURE("crossbar_accumulate, 16 x 16", 10000, accumulate(small, input, 16, current, 16));
    MEASURE("crossbar_step, 16", 10000, step(small, NULL, 0, NULL, 0));
    MEASURE("crossbar_accumulate, 784 x 512", 20, accumulate(large, input, 784, current, 512));
    MEASURE("crossbar_accumulate_spikes, 784 x 512, 10", 200, spikes(large, raster, 13, current, 512));
    MEASURE("crossbar_update, 784 x 512, 10 % traced", 20, update(large, input, 784, wish, 512));
    MEASURE("crossbar_update_and_accumulate, the same", 20, fused(large, input, 784, wish, 512, input, 784, current, 512));
    MEASURE("crossbar_step, 512", 1000, step(large, NULL, 0, raster, 8));
    if (failures > 0)
        fprintf(stderr, "%d calls failed\n", failures);
    return failures > 0;
}
