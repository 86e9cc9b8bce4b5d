-- Services as the packs had them, each with its field, as JSON: reports outlive the service they are of, and keep its name.
CREATE TABLE service_text (
    service TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
